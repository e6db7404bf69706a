package render

import (
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Kept is a rendered object as the templates and patches made it.
type Kept struct {
	*manifest.Object
	// Locate is the place in a service, a layer or kgen.cue that the value at a path of
	// the object comes from, and the built-in default that made it where nobody wrote it.
	Locate func(at tree.Path) (pos tree.Pos, byDefault string)
	// IsSelected is set where the service was asked for; the others are there for what
	// names them.
	IsSelected bool
	// IsMade is set where a template made it of a service, as opposed to a manifest that
	// a person wrote.
	IsMade bool
}

// keep copies an object before the API server's defaults are filled in.
func (a *author) keep(o taken) Kept {
	object := *o.Object
	if typed, isTyped := o.Value.(manifest.Typed); isTyped {
		object.Value = typed.DeepCopyObject()
	}
	o.Object = &object
	return Kept{Object: &object, IsMade: !o.isExtra, Locate: func(at tree.Path) (tree.Pos, string) {
		_, pos, byDefault := a.origin(o, at)
		return pos, byDefault
	}}
}
