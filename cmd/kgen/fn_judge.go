package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/krm"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// judgeItems judges the items, and lints them where that is asked for. Those that are
// configuration of tools are passed over.
func (r *fnRun) judgeItems() error {
	r.useSpec()
	r.configs = load.NewConfigs(r.load)
	crdPaths := r.crds
	if config := r.configs.Of(inWorkingDir); config != nil {
		crdPaths = append(slices.Clone(config.CRDs), crdPaths...)
	}
	for _, config := range r.configs.All() {
		r.findings = append(r.findings, config.Findings...)
	}
	crds, err := r.readCRDs(r.load, crdPaths)
	if err = errors.Join(err, r.chooseTargets(), r.chooseGates()); err != nil {
		return err
	}
	r.set.Schemas, r.set.Workers, r.set.Strict = &crds.schemas, r.load.Workers, r.strict
	if r.lint != nil {
		r.set.Keep = func(n *tree.Node) any { return lint.FromNode(n, "") }
	}
	r.addItems()
	if refused := errors.Join(r.refuseGates(), r.refuseRules()); refused != nil {
		return refused
	}
	r.supervisor.enter("judging items")
	if err := r.set.Judge(); err != nil {
		return err
	}
	r.set.JudgeCustom()
	r.findings = validate.Unchecked(report.Merge(slices.Concat(r.findings, r.set.Findings, crds.refused())), r.strict)
	if r.lint != nil {
		r.supervisor.enter("linting")
		r.runLint()
	}
	return nil
}

// useSpec takes what the functionConfig says in the place of flags.
func (r *fnRun) useSpec() {
	spec := r.config.lint
	r.crds, r.strict = spec.CRDs, spec.Strict
	if spec.KubernetesVersion != "" {
		r.versions = []string{spec.KubernetesVersion}
	}
	if r.config.kind != fnLint {
		r.lint = nil
		return
	}
	o := r.lint.lintOptions
	o.choice.Profile, o.choice.Only, o.choice.Skip, o.partial = spec.Profile, spec.Only, spec.Skip, spec.Partial
	if spec.FailOn != "" {
		r.failOn, _ = severityNamed(spec.FailOn)
	}
}

// addItems makes every item an input of its own.
func (r *fnRun) addItems() {
	config := r.configs.Of(inWorkingDir)
	minor := minorOf(config)
	if len(r.targets) > 0 {
		minor = r.targets[0].minor
	}
	for i, item := range r.list.Items {
		if krm.IsLocal(item) {
			continue
		}
		in := validate.Input{Name: itemName(i), Held: []*read.Piece{{Data: r.list.Item(i)}}}
		in.Release.Minor = minor
		if config != nil {
			in.Release.Gates = config.Project.FeatureGates.Plain()
		}
		r.set.Inputs = append(r.set.Inputs, in)
	}
}

const itemPrefix = "items["

func itemName(i int) string { return itemPrefix + strconv.Itoa(i) + "]" }

// itemOf is the item that a finding is in; nil for none.
func (r *fnRun) itemOf(f *report.Finding) *tree.Node {
	name, isItem := strings.CutPrefix(f.Pos.File(), itemPrefix)
	i, err := strconv.Atoi(strings.TrimSuffix(name, "]"))
	if !isItem || err != nil || r.list == nil || i >= len(r.list.Items) {
		return nil
	}
	return r.list.Items[i]
}

// resultOf is a finding as a result.
func (r *fnRun) resultOf(f *report.Finding) krm.Result {
	result := krm.Result{Message: f.Message, Severity: f.Severity.String(), Tags: map[string]string{"id": f.ID}}
	if f.Fix != "" {
		result.Message += "; " + f.Fix
	}
	field := f.Path.String()
	item := r.itemOf(f)
	switch {
	case item != nil:
		result.Resource, result.File, field = krm.RefOf(item), krm.FileOf(item), f.Field
	case f.Pos.File() == stdinName:
		field = r.inConfig(f).String()
		result.Resource = krm.RefOf(r.list.Config)
		result.File = krm.FileOf(r.list.Config)
	case f.Pos.File() != "":
		result.File = &krm.File{Path: f.Pos.File()}
		if f.Pos.IsValid() {
			result.Tags["line"], result.Tags["column"] = strconv.Itoa(int(f.Pos.Line)), strconv.Itoa(int(f.Pos.Col))
		}
	}
	if field != "" {
		result.Field = &krm.Field{Path: field}
	}
	return result
}

// inConfig is the field of the functionConfig that a finding is about.
func (r *fnRun) inConfig(f *report.Finding) tree.Path {
	if len(f.Path) > 1 && f.Path[0] == configField {
		return f.Path[1:]
	}
	if at := r.list.NodeAt(f.Pos); len(at) > 1 {
		return at[1:]
	}
	return f.Path
}

// told are the findings as people are told of them: items by their file, the
// functionConfig by its name. Lines are those of the list, which nobody wrote.
func (r *fnRun) told(findings []report.Finding) []report.Finding {
	told := slices.Clone(findings)
	for i := range told {
		f := &told[i]
		if item := r.itemOf(f); item != nil {
			name := f.Pos.File()
			if file := krm.FileOf(item); file != nil {
				name = file.Path
			}
			f.Pos = tree.Pos{Source: &tree.Source{Name: name}}
		} else if r.list != nil && r.list.Config != nil && f.Pos.File() == stdinName {
			ref := krm.RefOf(r.list.Config)
			f.Path = r.inConfig(f)
			f.Pos = tree.Pos{Source: &tree.Source{Name: strings.TrimSuffix(ref.Kind+"/"+ref.Name, "/")}}
		}
	}
	return told
}
