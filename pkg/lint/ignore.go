package lint

import (
	"cmp"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// AnnotationKey is the annotation, of an object or its pod template, that ignores
// rules: "rule: reason, other: reason".
const AnnotationKey = "kgen.dev/ignore"

// Ignore leaves out findings of rules.
type Ignore struct {
	Rules  []string
	Reason string
	Pos    tree.Pos // where it is written

	// The configuration says what it is for by these, each a glob; empty is anything.
	file, kind, name, namespace, container string
	// object is the one that it stands in, first and last are the lines in file that a
	// comment is for.
	object      *Object
	service     string
	first, last int32
	isLocal     bool
	isPartial   bool // what it is for may be in other files

	used []string // rules that had something to leave out
}

// covers reports whether the ignore is for a finding at a place.
func (i *Ignore) covers(f *Finding, pos tree.Pos) bool {
	if !slices.Contains(i.Rules, f.Rule.ID) {
		return false
	}
	switch o := f.Object; {
	case i.object != nil:
		return i.object == o
	case i.service != "":
		return i.service == o.Service
	case i.first > 0:
		return pos.File() == i.Pos.File() && i.first <= pos.Line && pos.Line <= i.last
	default:
		return isFor(i.kind, o.Kind) && isFor(i.name, o.Name) && isFor(i.namespace, spaceOf(o.Namespace)) && isFor(i.container, f.Container) &&
			(i.file == "" || doublestar.MatchUnvalidated(i.file, i.fileOf(pos)))
	}
}

// fileOf is the file of a place as the configuration names it: from its own directory,
// wherever kgen runs.
func (i *Ignore) fileOf(pos tree.Pos) string {
	if i.Pos.Source == nil || pos.Source == nil {
		return pos.File()
	}
	from, err := filepath.Abs(i.Pos.Source.Dir)
	to, absErr := filepath.Abs(filepath.Join(pos.Source.Dir, path.Base(pos.File())))
	file, relErr := filepath.Rel(from, to)
	if errors.Join(err, absErr, relErr) != nil {
		return pos.File()
	}
	return filepath.ToSlash(file)
}

// isFor reports whether a glob, empty for anything, is for a text.
func isFor(glob, text string) bool { return glob == "" || isGlobOf(glob, text) }

// inAnnotation are the ignores in the annotation of an object, and of its pods. A word
// behind a comma that is no known rule belongs to the reason.
func inAnnotation(o *Object, w *Workload, known map[string]bool) (ignores []*Ignore) {
	add := func(text string, at tree.Path) {
		from := len(ignores)
		pos, _ := o.Locate(at.With("annotations", AnnotationKey))
		for _, entry := range strings.Split(text, ",") {
			rule, reason, hasReason := strings.Cut(entry, ":")
			switch rule = strings.TrimSpace(rule); {
			case rule == "":
			case len(ignores) > from && (strings.ContainsAny(rule, " \t\n") || !hasReason && !known[rule] && ignores[len(ignores)-1].Reason != ""): // a reason with a comma in it
				ignores[len(ignores)-1].Reason += "," + entry
			default:
				ignores = append(ignores, &Ignore{Rules: []string{rule}, Reason: strings.TrimSpace(reason), Pos: pos, object: o, isLocal: true})
			}
		}
	}
	if text := o.Annotations()[AnnotationKey]; text != "" {
		add(text, tree.P("metadata"))
	}
	if w != nil && len(w.MetaAt) > 1 && w.Meta.Annotations[AnnotationKey] != "" {
		add(w.Meta.Annotations[AnnotationKey], w.MetaAt)
	}
	return ignores
}

// OfService is what a service ignores: a rule, for a reason, written at pos. isPart is
// set where other environments may need it.
func OfService(service, rule, reason string, pos tree.Pos, isPart bool) *Ignore {
	return &Ignore{isPartial: isPart, Rules: []string{rule}, Reason: reason, Pos: pos, service: service, isLocal: true}
}

// isLocked reports whether the configuration does not let the ignore have a rule.
func (s *Settings) isLocked(i *Ignore, rule string) bool {
	return i.isLocal && slices.Contains(s.locked, rule)
}

// The rules about ignores, which the linter itself runs.
var (
	unusedIgnore = Rule{
		ID: "unused-ignore", Severity: report.Warning, isAboutIgnores: true,
		Doc: Doc{
			Title: "an ignore leaves nothing out",
			Why:   "what it was written for is gone: the next finding of the rule would be lost without a word",
			Fix:   "remove it",
			Notes: []string{"An ignore of a rule that does not run is not looked at, nor is any with --partial, nor one of the configuration where not all below it is linted."},
		},
	}
	unknownRuleInIgnore = Rule{
		ID: "unknown-rule-in-ignore", Severity: report.Warning, isAboutIgnores: true,
		Doc: Doc{
			Title: "an ignore names no rule",
			Why:   "it leaves nothing out, whatever its author believes",
			Fix:   "correct the id: kgen rules lists them",
		},
	}
	ignoreWithoutReason = Rule{
		ID: "ignore-without-reason", Severity: report.Warning, isAboutIgnores: true,
		Doc: Doc{
			Title: "an ignore says no reason",
			Why:   "nobody will know later whether it may go",
			Fix:   "write why behind the id of the rule",
		},
	}
)

// JudgeIgnores reports ignores that are wrong, or leave nothing out of all that was
// linted. One place may be met more than once: in each environment of a service.
func (s *Settings) JudgeIgnores() (findings []report.Finding) {
	known := s.known()
	all := slices.Concat(s.ignores, s.met)
	used := map[ignored]bool{}
	for _, i := range all {
		for _, rule := range i.used {
			used[i.at(rule)] = true
		}
	}
	told := map[ignored]bool{}
	for _, i := range all {
		if len(i.Rules) == 0 && !told[i.at("")] {
			told[i.at("")] = true
			findings = append(findings, s.aboutIgnore(&unknownRuleInIgnore, i, "it names no rule", "write the id of a rule, and why: kgen rules lists them")...)
		}
		rules := strings.Join(i.Rules, ", ")
		if unreasoned := i.at("why " + rules); strings.TrimSpace(i.Reason) == "" && rules != "" && !told[unreasoned] {
			told[unreasoned] = true
			findings = append(findings, s.aboutIgnore(&ignoreWithoutReason, i, rules+" is ignored without a reason", "")...)
		}
		for _, rule := range i.Rules {
			key := i.at(rule)
			if told[key] {
				continue
			}
			told[key] = true
			switch {
			case isOfRefusal(rule):
				findings = append(findings, s.aboutIgnore(&unusedIgnore, i, rule+" cannot be ignored", cannotBeIgnored)...)
			case !slices.Contains(known, rule):
				findings = append(findings, s.aboutIgnore(&unknownRuleInIgnore, i, "there is no rule "+rule+suggest.Hint(rule, known), "")...)
			case s.isLocked(i, rule):
				findings = append(findings, s.aboutIgnore(&unusedIgnore, i, rule+" cannot be ignored here", "the configuration locks the rule: ignore it there")...)
			case !i.isPartial && s.runs(rule) && !used[key]:
				findings = append(findings, s.aboutIgnore(&unusedIgnore, i, rule+" has nothing to ignore here", "")...)
			}
		}
	}
	return findings
}

// known are the ids that an ignore may name.
func (s *Settings) known() []string {
	known := slices.Concat(idsOf(Rules()), lesser)
	for i := range s.Rules {
		known = append(known, s.Rules[i].ID)
	}
	return known
}

// ignored is one rule at one place.
type ignored struct {
	file      string
	line, col int32
	rule      string
}

func (i *Ignore) at(rule string) ignored { return ignored{i.Pos.File(), i.Pos.Line, i.Pos.Col, rule} }

// aboutIgnore is a finding of a rule about ignores, where that runs.
func (s *Settings) aboutIgnore(rule *Rule, i *Ignore, message, fix string) []report.Finding {
	at := slices.IndexFunc(s.Rules, func(c Chosen) bool { return c.Rule == rule })
	if at < 0 {
		return nil
	}
	f := report.Finding{Pos: i.Pos, Severity: rule.Severity, ID: rule.ID, Message: message, Why: rule.Doc.Why, Fix: cmp.Or(fix, rule.Doc.Fix)}
	if chosen := s.Rules[at].Severity; chosen != nil {
		f.Severity = *chosen
	}
	return []report.Finding{f}
}

func (s *Settings) runs(id string) bool {
	return slices.Contains(lesser, id) && !slices.Contains(s.quiet, id) || slices.ContainsFunc(s.Rules, func(c Chosen) bool { return c.ID == id })
}
