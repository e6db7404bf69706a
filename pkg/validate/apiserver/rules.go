package apiserver

import (
	"reflect"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// rules are what the server does with a new object of one kind, in its order; V
// is the type in k8s.io/api, I the server's own. Only convert and validate must
// be set.
type rules[V, I any] struct {
	fill    func(*V) // the defaults
	convert func(*V, *I, conversion.Scope) error
	// admit are the admission plugins that change objects.
	admit func(*I) field.ErrorList
	// begin is what the registry allocates before the strategy is asked.
	begin func(*I) field.ErrorList
	// prepare is the strategy's PrepareForCreate.
	prepare func(*I)
	// note gives the warnings that need no accepted object.
	note     func(*I) []string
	validate func(*I) field.ErrorList
	// leavesMeta says that validate does not judge all of the metadata. Where it
	// does, the server's second look at it finds nothing new and is left out.
	leavesMeta bool
	// accept are the admission plugins that only look.
	accept func(*I) field.ErrorList
	// warn is the strategy's WarningsOnCreate.
	warn func(*I) []string
	// name makes the name from metadata.generateName, where the kind has a way of
	// its own.
	name func(string) string
}

// judge are rules of any types.
type judge interface {
	create(obj runtime.Object, clusterScoped bool) Verdict
	defaulted(obj runtime.Object) runtime.Object
	versioned() reflect.Type
}

func (r *rules[V, I]) versioned() reflect.Type { return reflect.TypeFor[V]() }

func (r *rules[V, I]) create(obj runtime.Object, clusterScoped bool) Verdict {
	in, _ := any(obj).(*V)
	if r.fill != nil {
		r.fill(in)
	}
	out := new(I)
	if err := r.convert(in, out, nil); err != nil {
		return Verdict{Errors: field.ErrorList{field.Invalid(field.NewPath(""), "", err.Error())}, FirstStage: 1}
	}
	accessor, _ := any(out).(metav1.ObjectMetaAccessor)
	meta, _ := accessor.GetObjectMeta().(*metav1.ObjectMeta)
	var t trial
	t.warnings = r.setSystemFields(meta, clusterScoped)
	t.stage(run(r.admit, out))
	t.stage(run(r.begin, out))
	if r.prepare != nil {
		r.prepare(out)
	}
	if r.note != nil {
		t.warnings = append(t.warnings, r.note(out)...)
	}
	t.stage(withoutPlainLabels(meta, func() field.ErrorList { return r.validate(out) }))
	if r.leavesMeta {
		t.stage(withoutPlainLabels(meta, func() field.ErrorList { return validateMeta(meta, clusterScoped) }))
	}
	t.stage(run(r.accept, out))
	t.stage(validateStored(meta))
	if len(t.errors) == 0 && r.warn != nil {
		t.warnings = append(t.warnings, r.warn(out)...)
	}
	return t.verdict()
}

// run is a step that a kind need not have.
func run[I any](step func(*I) field.ErrorList, obj *I) field.ErrorList {
	if step == nil {
		return nil
	}
	return step(obj)
}
