package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
)

// leaveOut drops what is no error, is about the objects of an index, and is disabled or
// ignored; of the rest it sets the severity.
func (v *Verdict) leaveOut(s *Settings, all *Index, environment string, ignores *ignoreIndex) {
	if v == nil || len(v.byObject)+len(v.nameless) == 0 {
		return
	}
	among := objectsByName(all)
	for i := range v.findings {
		f := &v.findings[i]
		if v.isGone[i] || f.Severity == report.Error || !slices.Contains(lesser, f.ID) || !isIn(f, environment) {
			continue
		}
		about := among.about(f)
		if len(about) == 0 {
			continue
		}
		isIgnored := true
		for _, o := range about {
			isIgnored = s.isIgnored(&Finding{Rule: &Rule{ID: f.ID}, Object: o, At: f.Path, Container: all.containerAt(o, f), pos: f.Pos}, ignores) && isIgnored
		}
		if isIgnored || slices.Contains(s.quiet, f.ID) {
			v.drop(i, environment)
		} else if severity, isSet := s.severity[f.ID]; isSet {
			f.Severity = severity
		}
	}
}

// named are objects by their names in files, and in the services that make them.
type named struct {
	objects map[fileRef][]*Object
	files   map[string]bool
}

func objectsByName(all *Index) named {
	n := named{map[fileRef][]*Object{}, map[string]bool{}}
	for _, o := range all.objects {
		if o.IsContext {
			continue
		}
		n.files[o.Origin.File()] = true
		for _, place := range []string{o.Origin.File(), serviceMark + o.Service} {
			n.objects[fileRef{place, o.Ref()}] = append(n.objects[fileRef{place, o.Ref()}], o)
		}
	}
	return n
}

// serviceMark stands before the name of a service where that of a file could.
const serviceMark = "\x00"

// nowhere stands for the object of a finding that is about none.
var nowhere = &Object{Object: &manifest.Object{}}

// about are the objects that a finding is about; nil where one of them is not there.
func (n named) about(f *report.Finding) (about []*Object) {
	if len(f.Objects) == 0 && n.files[f.Pos.File()] {
		return []*Object{nowhere}
	}
	for _, ref := range f.Objects {
		found := n.objects[fileRef{f.Pos.File(), ref}]
		for _, service := range f.Services {
			found = slices.Concat(found, n.objects[fileRef{serviceMark + service, ref}])
		}
		if len(found) == 0 {
			return nil
		}
		// Of several of one name in a file it is the last that begins before it.
		o := found[0]
		for _, other := range found[1:] {
			if !other.IsMade && o.Origin.Line < other.Origin.Line && other.Origin.Line <= f.Pos.Line {
				o = other
			}
		}
		about = append(about, o)
	}
	return about
}

// containerAt is the name of the container that a finding about an object lies in.
func (x *Index) containerAt(o *Object, f *report.Finding) string {
	if w := x.workloads[o]; w != nil {
		for i := range w.containers {
			if c := &w.containers[i]; len(c.At) <= len(f.Path) && c.At.IsAlong(f.Path) {
				return c.Name
			}
		}
	}
	return ""
}
