package custom

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Add judges a CRD as the server does on create and, when nothing is wrong, takes
// it in. crd is not changed. The same CRD may be added twice. One that contradicts
// another of the run, by its name or by its kind, is an error, and so it is for
// the server, which would establish the first only.
func (s *Schemas) Add(crd *apiextensionsv1.CustomResourceDefinition) field.ErrorList {
	d := newDefinition(crd)
	if errs := d.judge(followRelease()); len(errs) > 0 {
		return errs
	}
	return s.take(d)
}

// Trust takes in a CRD that the cluster is said to have, without judging it until
// the first object of it comes: reading the CRDs of a whole platform for the few
// that a run uses has to be cheap. Only contradictions are errors.
func (s *Schemas) Trust(crd *apiextensionsv1.CustomResourceDefinition) field.ErrorList {
	return s.take(newDefinition(crd))
}

// Refusal is what was found wrong with the CRD called name, as far as it was judged.
func (s *Schemas) Refusal(name string) (errs field.ErrorList) {
	s.mu.RLock()
	d := s.names[name]
	s.mu.RUnlock()
	if d == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, minor := range slices.Sorted(maps.Keys(d.errors)) {
		if errs = d.errors[minor]; len(errs) > 0 {
			return errs
		}
	}
	return nil
}

func (s *Schemas) take(d *definition) field.ErrorList {
	name, at := d.crd.Name, schema.GroupKind{Group: d.crd.Spec.Group, Kind: d.crd.Spec.Names.Kind}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.names[name]; known != nil {
		if reflect.DeepEqual(known.crd.Spec, d.crd.Spec) {
			return nil
		}
		return field.ErrorList{field.Duplicate(field.NewPath("metadata", "name"), name)}
	}
	if s.kinds[at] != nil {
		return field.ErrorList{field.Invalid(field.NewPath("spec", "names", "kind"), at.Kind, fmt.Sprintf("%q is already in use", at.Kind))}
	}
	if s.kinds == nil {
		s.kinds, s.names = map[schema.GroupKind]*definition{}, map[string]*definition{}
	}
	s.kinds[at], s.names[name] = d, d
	return nil
}

// definition is a CRD with the server's defaults.
type definition struct {
	crd    *apiextensionsv1.CustomResourceDefinition
	served map[string]*servedVersion

	mu     sync.Mutex
	errors map[uint]field.ErrorList // by the minor of the release that judged it
}

func newDefinition(crd *apiextensionsv1.CustomResourceDefinition) *definition {
	crd = crd.DeepCopy()
	apiextensionsv1.SetObjectDefaults_CustomResourceDefinition(crd)
	d := &definition{crd: crd, served: map[string]*servedVersion{}, errors: map[uint]field.ErrorList{}}
	for i := range crd.Spec.Versions {
		if v := &crd.Spec.Versions[i]; v.Served {
			d.served[v.Name] = &servedVersion{definition: d, spec: v, compiled: map[uint]*compilation{}}
		}
	}
	return d
}

// judge is what the server of a release says of the CRD; once for each release.
func (d *definition) judge(minor uint) field.ErrorList {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs, judged := d.errors[minor]
	if !judged {
		errs = judgeDefinition(d.crd)
		d.errors[minor] = errs
	}
	return errs
}

func (d *definition) isNamespaced() bool {
	return d.crd.Spec.Scope == apiextensionsv1.NamespaceScoped
}
