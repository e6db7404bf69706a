package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/schema"
)

// topics are the things of one sort that explain knows.
type topics struct {
	names []string
	// explain is the text about one of the names.
	explain func(name string) string
}

// allTopics are in the order in which they are asked for a name.
func allTopics(own *schema.Extension) []topics {
	return []topics{aboutRules(), aboutVerdicts(), aboutRefusals(), aboutFields(own)}
}

// explainOptions are the flags of kgen explain.
type explainOptions struct {
	loadFlags
	dir    string
	format string
}

func newExplain(p *process) *cobra.Command {
	o := &explainOptions{}
	c := &cobra.Command{
		Use:   "explain RULE|FIELD|SERVICE [FIELD]",
		Short: "Explain a rule, a field, or where a value of a service comes from",
		Long: `Explain the id of a finding: a rule of kgen lint, with its parameters and examples,
the API server's verdict (api/invalid), or what the service schema refuses
(schema/unknown-field). kgen rules lists the rules.

Explain a field of services or of kgen.cue, also one that #Service of the project
here adds: its type, bounds and default.

Of a service and a field, tell the value in effect and the file and line it comes
from, the layers below that set it too and lost, or the built-in default; of all
environments unless --env names one. Of a service alone, tell its layers.`,
		Example: `  kgen explain hpa-target-too-high
  kgen explain api/unknown-field
  kgen explain autoscaling.behavior
  kgen explain web replicas
  kgen explain web resources --env prod`,
		ValidArgsFunction: completeExplain,
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.judgeFormat(); err != nil {
				return err
			}
			switch len(args) {
			case 1:
				return o.explainWord(c, p, args[0])
			case 2:
				if args[1] == "" {
					return fmt.Errorf("say a field, as in kgen explain %s replicas", args[0])
				}
				r := o.serviceRun(p, args[0], args[1])
				if _, err := explain(args[0], nil); err == nil {
					r.unknown = fmt.Errorf("%s is no service here: explain takes a rule, a field, or a service and a field", args[0])
				}
				return r.run()
			}
			return errors.New("explain takes a rule, a field, or a service and a field, as in kgen explain web replicas; kgen rules lists the rules")
		},
	}
	f := c.Flags()
	f.StringVar(&o.load.Env, "env", "", "with SERVICE: explain one `environment`")
	f.StringVar(&o.dir, "project", ".", "`directory` of the project, or in it")
	f.StringVar(&o.format, "format", report.FormatText, "`format` of what is told of a service: text, json")
	o.bind(f)
	return c
}

func (o *explainOptions) judgeFormat() error {
	if o.format != report.FormatText && o.format != "json" {
		return fmt.Errorf("--format %s: one of text and json", o.format)
	}
	var err error
	o.load.Paths, err = projectIn(o.dir)
	return errors.Join(err, o.judge())
}

// explainWord explains one word: a rule or a field, which need no project, then a rule
// of the project's own, then a service.
func (o *explainOptions) explainWord(c *cobra.Command, p *process, word string) error {
	text, err := explain(word, nil)
	if err == nil && o.load.Env != "" {
		return errors.New("--env goes with a service")
	}
	if err != nil {
		own, ownErr := ownRule(p, &o.loadFlags, word)
		if text = own; own == "" && ownErr == nil {
			if text, ownErr = ownField(p, &o.loadFlags, o.dir, word); ownErr != nil {
				err, ownErr = ownErr, nil
			}
		}
		if text == "" {
			return o.explainOther(c, p, word, errors.Join(err, ownErr))
		}
	}
	if _, err := p.stdout.Write([]byte(text)); err != nil {
		return fmt.Errorf("write the explanation: %w", err)
	}
	if slices.Contains(namesOf(c).Services, word) {
		p.notice(fmt.Sprintf("%s is a service here too: kgen explain ./%s, kgen explain %s FIELD", word, word, word))
	}
	return nil
}

// explainOther explains what is neither a rule nor a field: it may be a service. Where
// it is none, unknown is what to say.
func (o *explainOptions) explainOther(c *cobra.Command, p *process, word string, unknown error) error {
	r := o.serviceRun(p, word, "")
	r.unknown = unknown
	r.isLikely = slices.Contains(namesOf(c).Services, path.Base(word))
	return r.run()
}

func (o *explainOptions) serviceRun(p *process, service, field string) *explainServiceRun {
	return &explainServiceRun{
		serviceRun: serviceRun{operation: operation{process: p}, flags: &o.loadFlags},
		service:    service, field: field, format: o.format,
	}
}

// ownRule is the text about a rule of the configuration here; empty where it has no
// such rule.
func ownRule(p *process, flags *loadFlags, id string) (string, error) {
	if err := flags.judge(); err != nil {
		return "", err
	}
	own, err := ownRules(p, flags)
	for _, rule := range own {
		if rule.ID == id {
			return explainRule(rule), nil
		}
	}
	return "", err
}

// ownField is the text about a field that the project adds to services; empty where it
// adds none. The error knows its fields too.
func ownField(p *process, flags *loadFlags, dir, path string) (string, error) {
	own, err := ownFields(p, flags, dir, io.Discard)
	if own == nil || err != nil {
		return "", err
	}
	return explain(path, own)
}

// ownFields are what the project that dir is in adds to the fields of services. Why that
// cannot be told is printed to out.
func ownFields(p *process, flags *loadFlags, dir string, out io.Writer) (own *schema.Extension, err error) {
	r := &operation{process: p}
	err = r.supervise(flags, out, false, func(context.Context) error {
		own, r.findings = load.ExtensionAt(dir, flags.load)
		return nil
	})
	if errors.Is(err, errWrong) && out == io.Discard { // kgen validate tells
		err = nil
	}
	return own, err
}

// explain is the text about a name; the error has the nearest name that there is.
func explain(name string, own *schema.Extension) (string, error) {
	for _, t := range allTopics(own) {
		for _, known := range t.names {
			if known == name {
				return t.explain(name), nil
			}
		}
	}
	text, noField := explainField(name, own)
	if noField == nil || isFieldPath(name, noField) {
		return text, noField
	}
	names := topicNames(own)
	var meant []string
	for _, known := range names { // what people remember of api/unknown-field
		if strings.HasSuffix(known, "/"+name) {
			meant = append(meant, strconv.Quote(known))
		}
	}
	if len(meant) > 0 {
		return "", fmt.Errorf("there is no rule %q, did you mean %s?", name, strings.Join(meant, " or "))
	}
	hint := suggest.Hint(name, names)
	if paths := schema.PathsOf(name); len(paths) > 0 { // a field of that name is nearer than a name like it
		hint = `, did you mean "` + strings.Join(paths[:min(len(paths), fewPaths)], `" or "`) + `"?`
	}
	if hint == "" {
		hint = "; kgen rules lists the rules"
	}
	return "", fmt.Errorf("there is no rule or field %q%s", name, hint)
}

// fewPaths is how many fields of one name a line has room for.
const fewPaths = 3

func topicNames(own *schema.Extension) (names []string) {
	for _, t := range allTopics(own) {
		names = append(names, t.names...)
	}
	return names
}

func aboutRules() topics {
	rules := map[string]*lint.Rule{}
	var names []string
	for _, rule := range lint.Rules() {
		rules[rule.ID] = rule
		names = append(names, rule.ID)
	}
	return topics{names, func(name string) string { return explainRule(rules[name]) }}
}

func aboutVerdicts() topics {
	texts := map[string]string{}
	var names []string
	for _, v := range validate.Verdicts {
		names = append(names, v.ID)
		mended := ""
		if v.ID == validate.Removed || v.ID == validate.Deprecated {
			mended = labelled("Mended:", "by kgen lint --fix, where the object means the same in the newer version")
		}
		texts[v.ID] = v.ID + ": " + v.Title + "\n\n" + labelled("Why:", v.Why) + labelled("Fix:", v.Fix) +
			mended + labelled("Runs:", "always, in kgen validate, lint and render") +
			labelled("Ignore:", "an error cannot be ignored, a baseline can hold it")
	}
	return topics{names, func(name string) string { return texts[name] }}
}

const (
	unknownRuleTitle = "the configuration of the linter names a rule, group or parameter that does not exist, or a value that is none"
	unknownRuleWhy   = "nothing comes of the entry, whatever its author believes"
	unknownRuleFix   = "correct it: kgen rules lists the rules, kgen explain RULE the parameters"
)

func aboutRefusals() topics {
	texts := map[string]string{lint.UnknownRule: lint.UnknownRule + ": " + unknownRuleTitle + "\n\n" +
		labelled("Why:", unknownRuleWhy) + labelled("Fix:", unknownRuleFix)}
	names := []string{lint.UnknownRule}
	for _, r := range schema.Refusals {
		names = append(names, r.ID)
		text := r.ID + ": " + r.Title + "\n\n" + labelled("Runs:", "always, on services, before anything is rendered")
		if r.Decline != "" {
			text += labelled("Decline:", r.Decline)
		}
		texts[r.ID] = text + labelled("Ignore:", "it cannot be ignored, a baseline can hold it")
	}
	return topics{names, func(name string) string { return texts[name] }}
}

// explainRule is the text about a rule.
func explainRule(rule *lint.Rule) string {
	d := &rule.Doc
	var b strings.Builder
	b.WriteString(rule.ID + ": " + d.Title + "\n\n")
	b.WriteString(labelled("Why:", d.Why) + labelled("Fix:", d.Fix) + labelled("Severity:", rule.Severity.String()) +
		labelled("Runs:", rule.Runs()) + labelled("Looks at:", rule.LooksAt()))
	if rule.Fixable {
		b.WriteString(labelled("Mended:", "by kgen lint --fix, where there is one answer"))
	}
	if len(rule.Params) > 0 {
		b.WriteString("\nParameters, for lint.options in kgen.cue:\n")
	}
	for i := range rule.Params {
		p := &rule.Params[i]
		fmt.Fprintf(&b, "  %s (%s)  %s\n    default: %s\n", p.Name, p.Type(), p.Text(), p.DefaultText())
	}
	if len(d.Notes) > 0 {
		b.WriteString("\nNotes:\n")
	}
	for _, note := range d.Notes {
		b.WriteString("  " + note + "\n")
	}
	if d.Before != "" {
		b.WriteString(example("Before:", d.Before))
	}
	b.WriteString(example("Bad, it finds something where # <- stands:", d.Bad) + example("Good:", d.Good))
	return b.String()
}

// labelled is a line with a label before it.
func labelled(label, text string) string {
	return fmt.Sprintf("%-10s%s\n", label, report.OneLine(text))
}

// example is a manifest with a label above it; nothing where there is none.
func example(label, manifest string) string {
	if manifest == "" {
		return ""
	}
	return "\n" + label + "\n\n" + strings.TrimRight(manifest, "\n") + "\n"
}
