package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Rendered is an object as it is told from others: by group and kind, without a
// version, namespace (empty for a cluster's own) and name.
type Rendered struct {
	Group, Kind, Namespace, Name string
	// Owner is the service that the object is of; only with a Tree where it is the
	// project's. Path leads from the tree to what names the object.
	Owner Subject
	Path  tree.Path
}

// Duplicates reports objects that are there already: row 25. The first of a name
// has it.
func Duplicates(objects []Rendered) []report.Finding {
	type identity struct{ group, kind, namespace, name string }
	first := make(map[identity]*Rendered, len(objects))
	var findings []report.Finding
	for i := range objects {
		o := &objects[i]
		id := identity{o.Group, o.Kind, o.Namespace, o.Name}
		other := first[id]
		if other == nil {
			first[id] = o
			continue
		}
		sink := o.Owner.Sink()
		if o.isOfRelease(other) {
			sink.Errorf(schema.DuplicateObject, o.Path, "the release of the service makes a %s %q too", o.Kind, o.Name).Fix = "rename it"
			findings = append(findings, sink.Findings...)
			continue
		}
		sink.Errorf(schema.DuplicateObject, o.Path, "%s makes a %s %q too", other.maker(), o.Kind, o.Name).
			Fix = "rename one of them, or keep one and mark the other existing: true"
		findings = append(findings, sink.Findings...)
	}
	return findings
}

// isOfRelease reports whether one of the two is made by the release of the service that
// makes the other: nobody wrote that one.
func (o *Rendered) isOfRelease(other *Rendered) bool {
	s := o.Owner.Service
	return s != nil && s.Release != nil && s == other.Owner.Service && slices.Equal(o.Path, other.Path)
}

// maker is who makes the object, and where that is written.
func (o *Rendered) maker() string {
	who := "the project"
	if o.Owner.Service != nil {
		who = "service " + o.Owner.Name
	}
	sink := o.Owner.Sink()
	if pos := sink.Place(o.Path); pos.IsValid() {
		who += " (" + pos.String() + ")"
	}
	return who
}
