package lint

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Finding is one thing that a rule found.
type Finding struct {
	Rule     *Rule
	Severity report.Severity
	Object   *Object
	At       tree.Path // in Object; what is missing is placed at its parent
	Message  string
	Why, Fix string // more fitting than those of the rule; may be empty
	// Edit mends it; nil where somebody has to decide.
	Edit *fix.Edit
	// Container is the name of the container that it is about, if any.
	Container string
	// Related are other objects at fault.
	Related []Related

	pos       tree.Pos // once located
	byDefault string
}

// Related is another place that a finding is about.
type Related struct {
	Object *Object
	At     tree.Path

	pos tree.Pos // once located
}

// Reporter takes what one rule finds in one object.
type Reporter struct {
	rule      *Rule
	options   map[string]any
	all       *Index
	object    *Object
	demand    *demand // of the namespace for the rule; nil where there is none
	container string
	findings  *[]Finding
}

// At reports the value at a path of the object, with the rule's severity, and returns
// the finding for more to be filled in. Nothing comes of it where the value could not
// be read.
func (r *Reporter) At(at tree.Path, format string, args ...any) *Finding {
	if r.object.isUnread(at) {
		return &Finding{}
	}
	return r.AtUnread(at, format, args...)
}

// AtUnread is At for a value that could not be read, where that is what is found.
func (r *Reporter) AtUnread(at tree.Path, format string, args ...any) *Finding {
	*r.findings = append(*r.findings, Finding{
		Rule: r.rule, Severity: r.rule.Severity, Object: r.object, At: r.object.asWritten(at), Message: fmt.Sprintf(format, args...), Container: r.container,
	})
	return &(*r.findings)[len(*r.findings)-1]
}

// Dangling reports a name that leads nowhere: an error in a closed world, a warning
// where it may lead elsewhere.
func (r *Reporter) Dangling(at tree.Path, format string, args ...any) *Finding {
	f := r.At(at, format, args...)
	f.Severity = report.Warning
	if r.all.World == Closed {
		f.Severity = report.Error
	}
	return f
}

// Overlap reports that the object is at odds with another one, which is a warning where
// the two may be meant for two clusters or namespaces.
func (r *Reporter) Overlap(other *Object, at tree.Path, format string, args ...any) *Finding {
	f := r.At(at, format, args...)
	if f.Severity == report.Error && !r.all.AreSurelyTogether(r.object, other) {
		f.Severity = report.Warning
	}
	return f
}

// As sets the severity, and returns f.
func (f *Finding) As(s report.Severity) *Finding {
	f.Severity = s
	return f
}

// With says how to mend it, where the rule's own words are too general, and returns f.
func (f *Finding) With(fix string, args ...any) *Finding {
	f.Fix = fmt.Sprintf(fix, args...)
	return f
}

// Because says why it matters, where the rule's own words are too general, and returns f.
func (f *Finding) Because(why string) *Finding {
	f.Why = why
	return f
}

// Mend says how kgen lint --fix mends it, for rules that are Fixable, and returns f.
func (f *Finding) Mend(edit fix.Edit) *Finding {
	f.Edit = &edit
	return f
}

// And names another object at fault, and returns f.
func (f *Finding) And(o *Object, at tree.Path) *Finding {
	f.Related = append(f.Related, Related{Object: o, At: o.asWritten(at)})
	return f
}

// Strict reports whether the profile strict was chosen.
func (r *Reporter) Strict() bool { return r.all.Strict }

// Int is a parameter of the rule, as configured.
func (r *Reporter) Int(name string) int {
	n, _ := r.option(name).(int)
	return n
}

// Bool is a parameter of the rule, as configured.
func (r *Reporter) Bool(name string) bool {
	b, _ := r.option(name).(bool)
	return b
}

// Text is a parameter of the rule, as configured.
func (r *Reporter) Text(name string) string {
	s, _ := r.option(name).(string)
	return s
}

// Texts is a parameter of the rule, as configured.
func (r *Reporter) Texts(name string) []string {
	list, _ := r.option(name).([]string)
	return list
}

func (r *Reporter) option(name string) any {
	if value, isSet := r.options[name]; isSet {
		return value
	}
	for i := range r.rule.Params {
		if p := &r.rule.Params[i]; p.Name == name {
			return p.Default
		}
	}
	return nil
}
