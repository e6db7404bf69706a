package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/lint/org"
	"github.com/kgen-dev/kgen/pkg/lint/policy"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// runLint lints what was judged.
func (r *validateRun) runLint() {
	r.lint.takeManifests(&r.set, r.configs)
	r.takeContext()
	verdict := lint.NewVerdict(r.findings)
	found := r.lint.run(verdict)
	r.findings = report.Merge(slices.Concat(verdict.Rest(), found))
	r.lint.nameTemplates(r.findings)
	r.report.Rules = ruleInfos(r.lint.ran, r.findings)
}

// configured is what a configuration comes to.
type configured struct {
	*lint.Settings
	written *org.Rules // of the organisation
	own     []*lint.Rule
	sink    *report.Sink // for findings about it
	config  *load.Config // nil for none
}

// refuseRules makes the settings of all configurations, and refuses rules that flags
// name and none of them has.
func (r *validateRun) refuseRules() error {
	l := r.lint
	if l == nil {
		return nil
	}
	if err := l.readBefore(r.load); err != nil {
		r.isRefused = true
		return err
	}
	l.settings = map[string]*configured{}
	for _, p := range r.loaded {
		l.configureBy(configOf(p.project))
	}
	for _, config := range r.configs.All() {
		if config.Tree != nil {
			l.configureBy(config)
		}
	}
	l.configureBy(nil)
	known := slices.Concat(lint.IDs(), lint.VerdictIDs())
	for _, c := range l.order {
		for _, rule := range c.own {
			known = append(known, rule.ID)
		}
	}
	err := l.unknownRules(known)
	r.isRefused = err != nil
	return err
}

// configureBy makes the settings of a configuration; nil is none.
func (l *linter) configureBy(config *load.Config) {
	file := fileOf(config)
	if l.settings[file] != nil {
		return
	}
	block, sink := &schema.ProjectLint{}, &report.Sink{}
	if config != nil && config.Project.Lint != nil {
		block, sink.Root = config.Project.Lint, config.Tree
	}
	at := tree.P("lint")
	c := &configured{written: org.Compile(block.Rules, at.With("rules"), minorOf(config), sink), sink: sink, config: config}
	c.own = c.written.Lint()
	if config != nil {
		c.own = append(c.own, policy.Rules(config.Org, l.load.OnEvaluate, sink)...)
	}
	c.Settings = lint.NewSettings(block, at, c.own, l.choiceOf(config), sink)
	l.settings[file] = c
	l.order = append(l.order, c)
}

// told are the findings about the configuration, in the words of its file.
func (c *configured) told() []report.Finding {
	if c.config != nil {
		c.config.Rename(c.sink.Findings)
	}
	return c.sink.Findings
}

// testRules runs the rules of organisations against the examples beside them.
func (r *validateRun) testRules() error {
	tested := 0
	for _, c := range r.lint.order {
		tested += len(c.written.Lint())
		c.written.Test(c.sink)
		r.findings = append(r.findings, c.told()...)
	}
	if tested+len(r.findings) == 0 {
		return errors.New("--test-rules: no configuration has rules of its own")
	}
	r.notices = append(r.notices, counted(tested, "rule", "rules")+" tested")
	return nil
}

// fileOf is the file of a configuration; empty for none.
func fileOf(config *load.Config) string {
	if config == nil {
		return ""
	}
	return config.File
}

// run runs the rules over all worlds. verdict is what was found before.
func (l *linter) run(verdict *lint.Verdict) (findings []report.Finding) {
	for _, w := range slices.Concat(l.rendered, l.manifests) {
		settings := l.settings[fileOf(w.config)]
		index := lint.NewIndex(w.kind, w.minor, slices.Concat(settings.External, w.external), w.objects)
		index.Gates, index.ServiceTree = w.gates, w.serviceTree
		index.SetBefore(l.before)
		found := settings.Lint(index, w.ignores, verdict, w.told(), l.load.Workers)
		findings = append(findings, report.InEnvironment(w.told(), found)...)
	}
	for _, c := range l.order {
		findings = append(findings, c.JudgeIgnores()...)
		findings = append(findings, c.told()...)
		l.own = append(l.own, c.own...)
		for i := range c.Rules {
			if rule := c.Rules[i].Rule; !slices.Contains(l.ran, rule) {
				l.ran = append(l.ran, rule)
			}
		}
	}
	return findings
}

// choiceOf is the choice of flags, with what it means for a configuration.
func (l *linter) choiceOf(config *load.Config) lint.Choice {
	choice := l.choice
	if config != nil {
		choice.IsPart = !slices.ContainsFunc(l.wholeDirs(), func(dir string) bool { return isBelow(dir, config.Root) })
	}
	return choice
}

// isBelow reports whether a directory is another one, or lies in it.
func isBelow(dir, inner string) bool {
	from, err := filepath.Abs(dir)
	to, innerErr := filepath.Abs(inner)
	path, relErr := filepath.Rel(from, to)
	return errors.Join(err, innerErr, relErr) == nil && filepath.IsLocal(path)
}
