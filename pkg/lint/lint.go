package lint

import (
	"cmp"
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Lint runs the rules over all objects, and returns what they find and the ignores do
// not leave out; those of annotations are added to ignores. verdict, which may be nil,
// is what was said of the objects before, of which it drops what is said or ignored
// here; environment is that of the objects, where the verdict tells some apart.
// JudgeIgnores tells what came of the ignores, once all is linted.
func (s *Settings) Lint(all *Index, ignores []*Ignore, verdict *Verdict, environment string, goroutines int) []report.Finding {
	all.Strict, all.Restricted = s.IsStrict, s.IsRestricted
	known := map[string]bool{}
	for _, id := range s.known() {
		known[id] = true
	}
	for _, o := range all.objects {
		if o.IsContext {
			continue
		}
		ignores = append(ignores, inAnnotation(o, all.workloads[o], known)...)
	}
	for _, ignore := range ignores {
		ignore.isPartial = ignore.isPartial || all.World == Partial
	}
	s.met = append(s.met, ignores...)
	found := Run(all, slices.Concat(s.Rules, s.silenced), goroutines)
	locate(found, goroutines)
	for i := range found {
		verdict.yield(&found[i], environment)
	}
	index := indexIgnores(append(ignores, s.ignores...))
	verdict.leaveOut(s, all, environment, index)
	found = slices.DeleteFunc(found, func(f Finding) bool { return s.isSilenced(f.Rule) })
	isCovered := covered(found)
	var findings []report.Finding
	for i := range found {
		if s.isIgnored(&found[i], index) || isCovered[i] {
			continue
		}
		f := found[i].report()
		if edit := found[i].Edit; edit != nil {
			s.mends = append(s.mends, Mend{f, found[i].Object, *edit})
		}
		if !verdict.refuses(&found[i], environment) {
			findings = append(findings, f)
		}
	}
	return findings
}

// report is the finding at its place, which was located.
func (f *Finding) report() report.Finding {
	told := report.Finding{
		Pos: f.pos, Severity: f.Severity, ID: f.Rule.ID, Path: f.At, Message: f.Message, Why: cmp.Or(f.Why, f.Rule.Doc.Why), Fix: cmp.Or(f.Fix, f.Rule.Doc.Fix),
		Objects: []string{f.Object.Ref()}, Field: f.At.String(), Named: f.named(),
	}
	if o := f.Object; o.Service != "" && f.pos.File() != o.Origin.File() {
		told.Services = []string{o.Service}
	}
	if f.byDefault != "" && len(f.At) > 0 { // not the object as a whole
		told.Message += " (the built-in default of " + f.byDefault + ")"
	}
	var others []string
	for i := range f.Related {
		other := &f.Related[i]
		told.Related = append(told.Related, report.Related{Pos: other.pos, Object: other.Object.Ref(), Path: tree.Path(other.At)})
		others = append(others, other.Object.Ref()+" in "+other.pos.String())
	}
	if len(others) > 0 {
		told.Message += ": see " + firstOf(others, mostShown)
	}
	return told
}
