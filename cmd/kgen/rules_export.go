package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/lint/org"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// judgeExport refuses what --export does not know, and flags of the list.
func (o *rulesOptions) judgeExport(f *pflag.FlagSet) error {
	if o.export != "vap" {
		return fmt.Errorf("--export %s: only vap, for ValidatingAdmissionPolicy", o.export)
	}
	for _, name := range []string{"format", "group"} {
		if f.Changed(name) {
			return fmt.Errorf("--%s goes with the list of rules, not with --export", name)
		}
	}
	return nil
}

// exportPolicies writes the rules that the configuration of the working directory
// chooses as policies. Nothing is written where it has mistakes.
func (o *rulesOptions) exportPolicies(p *process) error {
	r := &operation{process: p}
	var policies []byte
	err := r.supervise(&o.loadFlags, p.stderr, p.hasColor(p.isStderrTerminal), func(context.Context) error {
		c := r.configureHere(o.load, o.profile)
		if report.HasErrors(r.findings) {
			return nil
		}
		objects, left := c.written.Policies(c.Rules, minorOf(c.config))
		for _, object := range objects {
			policies = object.AppendYAML(append(policies, "---\n"...))
		}
		r.notices = append(r.notices, leftOut(left)...)
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := p.stdout.Write(policies); err != nil {
		return fmt.Errorf("write the policies: %w", err)
	}
	return nil
}

// configureHere is what the configuration comes to that the working directory lies
// under, with a profile instead of its own unless that is empty.
func (r *operation) configureHere(options load.Options, profile string) *configured {
	r.supervisor.enter("reading the configuration")
	configs := load.NewConfigs(options)
	config := configs.Of("kgen.cue") // any file here
	for _, c := range configs.All() {
		r.findings = append(r.findings, c.Findings...)
	}
	l := &linter{lintOptions: &lintOptions{choice: lint.Choice{Profile: profile}}, settings: map[string]*configured{}}
	l.configureBy(config)
	r.findings = append(r.findings, l.order[0].sink.Findings...)
	return l.order[0]
}

// ownRules are those that the configuration has which the working directory lies under,
// as far as they have no mistakes.
func ownRules(p *process, flags *loadFlags) (own []*lint.Rule, err error) {
	r := &operation{process: p}
	err = r.supervise(flags, io.Discard, false, func(context.Context) error {
		own = r.configureHere(flags.load, "").own
		return nil
	})
	if errors.Is(err, errWrong) { // kgen lint tells
		err = nil
	}
	return own, err
}

// leftOut names the rules that have no policy, by reason.
func leftOut(left []org.Left) (notices []string) {
	var reasons []string
	rules := map[string][]string{}
	for _, l := range left {
		if rules[l.Reason] == nil {
			reasons = append(reasons, l.Reason)
		}
		rules[l.Reason] = append(rules[l.Reason], l.Rule)
	}
	for _, reason := range reasons {
		notices = append(notices, "not exported: "+strings.Join(rules[reason], ", ")+": "+reason)
	}
	return notices
}

// minorOf is the release that a configuration is for; nil is the newest.
func minorOf(config *load.Config) int {
	if config != nil {
		if version, err := load.ParseVersion(config.Project.KubernetesVersion); err == nil {
			return version.Minor
		}
	}
	return schema.NewestKubernetes
}
