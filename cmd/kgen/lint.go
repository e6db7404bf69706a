package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// lintOptions are the flags of kgen lint.
type lintOptions struct {
	validateOptions
	choice        lint.Choice
	failOn        string
	partial       bool
	against       string
	testRules     bool
	baseline      string
	accepted      *lint.Baseline // what the file baseline holds
	writeBaseline string
	fix, dryRun   bool
}

func newLint(p *process) *cobra.Command {
	o := &lintOptions{}
	c := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "Find what a cluster accepts and suffers from, in services and in any manifest",
		Long: `Find what would be refused, as kgen validate does, and then what would be accepted
and cause an incident: in the manifests that services render to, and in any YAML or
JSON. PATH is a file, a directory with all that is below it, or - for standard
input; without any it is the current directory.

Rules are chosen in the block lint of kgen.cue, or in .kgen.yaml, and by flags.
Findings go to standard output. The exit status is 1 when one is as severe as
--fail-on says; 2 when kgen could not do its work.`,
		Example: `  kgen lint
  kgen lint deploy/web.yaml
  helm template shop | kgen lint -
  kgen lint --profile strict --format sarif > kgen.sarif
  kgen lint --only hpa-target-too-high,no-readiness-probe`,
		RunE: func(c *cobra.Command, paths []string) error {
			o.use(c, p, paths)
			return o.run(p)
		},
	}
	f := c.Flags()
	o.bindTargets(f, "lint")
	f.StringVar(&o.choice.Profile, "profile", "", "`profile` of rules, default or strict, over that of the configuration")
	f.StringSliceVar(&o.choice.Only, "only", nil, "run these `rules` alone")
	f.StringSliceVar(&o.choice.Skip, "skip", nil, "leave these `rules` out")
	f.StringVar(&o.choice.Today, "today", "", "the `date`, 2027-01-31, by which ignores with until end")
	f.BoolVar(&o.partial, "partial", false, "take the manifests for a part: what they name may be in others")
	f.StringVar(&o.against, "against", "", "find what a cluster does not let change, compared with the manifests in this `path`")
	f.BoolVar(&o.testRules, "test-rules", false, "run the rules of kgen.cue against the examples beside them, and nothing else")
	f.StringVar(&o.failOn, "fail-on", report.Error.String(), "least `severity` that fails: error, warning or info")
	f.StringVar(&o.baseline, "baseline", "", "leave out what this `file` accepts")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "write what is found into a baseline `file`")
	f.BoolVar(&o.fix, "fix", false, "mend in the files what has one safe answer")
	f.BoolVar(&o.dryRun, "dry-run", false, "with --fix: print a diff, and write nothing")
	return c
}

func (o *lintOptions) run(p *process) error {
	p.heap.raise(lintLimit)
	r := &validateRun{validateOptions: &o.validateOptions, operation: operation{process: p}}
	failOn, err := severityNamed(o.failOn)
	presentErr := r.present(report.Grouped{Color: p.hasColor(p.isStdoutTerminal)}, failOn)
	if err := errors.Join(o.judge(), o.judgeChoice(), o.judgeFix(), o.readBaseline(), err, presentErr, r.chooseTargets(), r.chooseGates()); err != nil {
		return err
	}
	r.lint = &linter{lintOptions: o}
	if o.fix {
		return r.superviseFix()
	}
	return r.supervise(&o.loadFlags, p.stdout, false, r.operate)
}

func severityNamed(word string) (report.Severity, error) {
	for _, s := range []report.Severity{report.Error, report.Warning, report.Info} {
		if s.String() == word {
			return s, nil
		}
	}
	return 0, fmt.Errorf("--fail-on %s: one of error, warning and info", word)
}

// judgeChoice refuses flags that name nothing.
func (o *lintOptions) judgeChoice() error {
	var errs []error
	if p := o.choice.Profile; p != "" && p != "default" && p != "strict" {
		errs = append(errs, fmt.Errorf("--profile %s: one of default and strict", p))
	}
	if day := o.choice.Today; day != "" && !lint.IsDate(day) {
		errs = append(errs, fmt.Errorf("--today %s: a date as 2027-01-31", day))
	}
	if o.baseline != "" && o.writeBaseline != "" {
		errs = append(errs, errors.New("--baseline and --write-baseline: one of the two"))
	}
	return errors.Join(errs...)
}

// unknownRules refuses ids of rules that no configuration has.
func (o *lintOptions) unknownRules(known []string) error {
	var errs []error
	for _, list := range []struct {
		flag string
		ids  []string
	}{{"--only", o.choice.Only}, {"--skip", o.choice.Skip}} {
		for _, id := range list.ids {
			if !slices.Contains(known, id) {
				errs = append(errs, fmt.Errorf("%s %s: there is no such rule%s", list.flag, id, suggest.Hint(id, known)))
			}
		}
	}
	return errors.Join(errs...)
}
