package manifests

import (
	"fmt"
	"slices"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// object takes a manifest: in the API version that the release serves, without what a
// cluster fills in, as the type that the API has for it.
func (in *input) object(n *tree.Node) {
	o := &Object{Object: &manifest.Object{Origin: n.Pos}, Node: copied(n)}
	o.identify()
	if !in.isIdentified(o) {
		return
	}
	if o.Namespace != "" && !names.DNSLabel.Fits(o.Namespace) {
		in.wrong(o, "its namespace cannot be one, and it is left out: %s", names.DNSLabel.Complaint(o.Namespace))
		return
	}
	if reason := ofCluster(o); reason != "" {
		dropped := item(convert.Dropped, o, nil, reason)
		dropped.IsRoutine = true
		in.report.Add(dropped)
		return
	}
	if when := runsRarely(o); when != "" {
		in.add(convert.Dropped, o, nil, "Helm runs it at %s alone, as a hook: it is no part of what is applied", when)
		return
	}
	if !in.upgrade(o) {
		return
	}
	in.strip(o)
	if !in.decode(o) {
		return
	}
	in.noteHelm(o)
	in.noteKustomize(o)
	in.leaveDefaults(o)
	in.objects = append(in.objects, o)
}

// identify reads what names the object from its tree.
func (o *Object) identify() {
	o.APIVersion, o.Kind = text(o.Node, "apiVersion"), text(o.Node, "kind")
	o.Name, o.Namespace = text(o.Node, "metadata", "name"), text(o.Node, "metadata", "namespace")
}

// isIdentified reports an object that does not say what it is, or how it is called.
func (in *input) isIdentified(o *Object) bool {
	says := func(path ...any) (at tree.Path, what string) {
		for i := range path {
			at := tree.Path(path[:i+1])
			n := o.Node.At(at)
			switch isLast := i == len(path)-1; {
			case n == nil || n.Kind == tree.Null || isLast && n.Kind == tree.String && n.Text == "":
				return at[:i], at.String() + " is missing"
			case isLast && n.Kind != tree.String:
				return at, "expected a string, found " + n.Kind.String()
			case !isLast && n.Kind != tree.Map:
				return at, "expected a map, found " + n.Kind.String()
			}
		}
		return nil, ""
	}
	if o.Node.Get("apiVersion") == nil && o.Node.Get("kind") == nil {
		in.wrong(o, "no manifest: it has no apiVersion and kind")
		return false
	}
	if at, what := says("apiVersion"); what != "" {
		in.add(convert.Wrong, o, at, "no manifest: %s", what)
		return false
	}
	if at, what := says("kind"); what != "" {
		in.add(convert.Wrong, o, at, "no manifest: %s", what)
		return false
	}
	at, what := says("metadata", "name")
	if generated := tree.P("metadata", "generateName"); what != "" && o.Node.At(generated) != nil {
		at, what = generated, "it is created anew each time, and so cannot be in a project: give it a name"
	}
	if what != "" {
		in.add(convert.Wrong, o, at, "%s", what)
	}
	return what == ""
}

// add reports something about an object.
func (in *input) add(outcome convert.Outcome, o *Object, at tree.Path, format string, args ...any) {
	in.report.Add(item(outcome, o, at, fmt.Sprintf(format, args...)))
}

func (in *input) wrong(o *Object, format string, args ...any) {
	in.add(convert.Wrong, o, nil, format, args...)
}

// item is what became of a value of an object.
func item(outcome convert.Outcome, o *Object, at tree.Path, message string) convert.Item {
	i := convert.Item{Outcome: outcome, Pos: o.Node.Nearest(at, true), Message: message}
	if o.Kind != "" {
		i.Path = o.Ref()
	}
	if len(at) > 0 {
		i.Path += " " + at.String()
	}
	return i
}

// maxMistakes bounds the mistakes of an object that are told one by one.
const maxMistakes = 100

// decode gives the object its type. What the type has no field for, and what does not
// fit one, is left out: the API server drops the first, and refuses the second.
func (in *input) decode(o *Object) bool {
	kind := manifest.KindOf(o.APIVersion, o.Kind)
	if kind == nil {
		o.Value = o.Node
		return in.isKnown(o)
	}
	for {
		typed := kind.New()
		mistakes := tree.Decode(o.Node, typed)
		if len(mistakes) == 0 {
			typed.GetObjectKind().SetGroupVersionKind(kind.GroupVersionKind())
			o.Value = typed
			in.leaveNamespace(o, kind, typed)
			o.sayEmpty()
			return true
		}
		if first := &mistakes[0]; len(mistakes) > maxMistakes {
			in.wrong(o, "it has %d mistakes, the first at %s: %s; it is left out", len(mistakes), first.Pos, first.Message)
			return false
		}
		for i := len(mistakes) - 1; i >= 0; i-- { // the last first, so that indices stay
			if !in.leave(o, &mistakes[i], typed) {
				return false
			}
		}
	}
}

// leave leaves a mistaken value out of an object, where the object is one without it.
func (in *input) leave(o *Object, m *tree.DecodeError, typed manifest.Typed) bool {
	switch {
	case len(m.Path) == 0 || isIdentity(m.Path):
		in.wrong(o, "%s", sentence(m.Message, m.Fix))
		return false
	case o.Node.At(m.Path) == nil:
		return true // it went with another
	}
	outcome, message := convert.Wrong, sentence(m.Message, m.Fix)+"; it is left out"
	if m.Kind == tree.UnknownField {
		outcome, message = convert.Dropped, "the API has no such field, and the server drops it"
		if since, vanished := versions.Vanished(typed, m.Path); vanished {
			message = fmt.Sprintf("the API has no such field since Kubernetes 1.%d", since)
		}
	}
	in.add(outcome, o, m.Path, "%s", message)
	o.Node = o.Node.WithoutAt(m.Path)
	return true
}

// leaveNamespace takes the namespace off an object that is in none.
func (in *input) leaveNamespace(o *Object, kind *manifest.Kind, typed manifest.Typed) {
	at := tree.P("metadata", "namespace")
	if !kind.ClusterScoped || o.Node.At(at) == nil {
		return
	}
	in.add(convert.Dropped, o, at, "a %s stands in no namespace", o.Kind)
	o.Node, o.Namespace = o.Node.WithoutAt(at), ""
	typed.SetNamespace("")
}

func isIdentity(at tree.Path) bool {
	return slices.Equal(at, tree.P("metadata")) || slices.Equal(at, tree.P("metadata", "name")) || slices.Equal(at, tree.P("apiVersion")) || slices.Equal(at, tree.P("kind"))
}

// isKnown reports kinds that Kubernetes itself would have to have and has not.
func (in *input) isKnown(o *Object) bool {
	if _, found := versions.LifecycleOf(o.APIVersion, o.Kind); found {
		return true
	}
	hint, isBuiltIn := versions.Nearest(o.APIVersion, o.Kind)
	if isBuiltIn {
		in.wrong(o, "no release of Kubernetes has %s of %s%s; it is left out", o.Kind, o.APIVersion, hint)
	}
	return !isBuiltIn
}

// copied is a copy that shares no maps and lists with n: aliases put one into several
// places.
func copied(n *tree.Node) *tree.Node {
	c := *n
	c.Fields = slices.Clone(n.Fields)
	for i := range c.Fields {
		c.Fields[i].Value = copied(c.Fields[i].Value)
	}
	return &c
}
