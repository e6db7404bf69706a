package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/krm"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// configField is the field of a list that says what to do.
const configField = "functionConfig"

// The kinds of functionConfig, of fnAPIVersion.
const (
	fnAPIVersion = "kgen.dev/v1alpha1"
	fnProject    = "KgenProject"
	fnServices   = "KgenServices"
	fnValidate   = "KgenValidate"
	fnLint       = "KgenLint"
)

var fnKinds = []string{fnProject, fnServices, fnValidate, fnLint}

// fnConfig is what a functionConfig asks for.
type fnConfig struct {
	kind    string
	project projectSpec
	inline  *load.Inline
	lint    lintSpec
}

// projectSpec is the spec of KgenProject.
type projectSpec struct {
	Path              string   `json:"path"`
	Env               string   `json:"env"`
	Only              []string `json:"only"`
	KubernetesVersion string   `json:"kubernetesVersion"`
	CRDs              []string `json:"crds"`
}

// validateSpec is the spec of KgenValidate.
type validateSpec struct {
	KubernetesVersion string   `json:"kubernetesVersion"`
	CRDs              []string `json:"crds"`
	Strict            bool     `json:"strict"`
}

// lintSpec is the spec of KgenLint.
type lintSpec struct {
	KubernetesVersion string   `json:"kubernetesVersion"`
	CRDs              []string `json:"crds"`
	Strict            bool     `json:"strict"`
	Profile           string   `json:"profile"`
	Only              []string `json:"only"`
	Skip              []string `json:"skip"`
	FailOn            string   `json:"failOn"`
	Partial           bool     `json:"partial"`
}

// readFnConfig reads the functionConfig of a list, nil with findings where it is wrong.
func readFnConfig(list *krm.List, sink *report.Sink) *fnConfig {
	at := tree.P(configField)
	if list.Config == nil {
		sink.ErrorAt(tree.Pos{Source: sink.Source, Line: 1, Col: 1}, schema.MissingField, at, "missing: it says what to do; its kind is one of %s", strings.Join(fnKinds, ", "))
		return nil
	}
	ref := krm.RefOf(list.Config)
	switch {
	case ref.APIVersion != fnAPIVersion:
		sink.Errorf(schema.InvalidValue, at.With("apiVersion"), "%q: expected %s", ref.APIVersion, fnAPIVersion)
		return nil
	case !slices.Contains(fnKinds, ref.Kind):
		sink.Errorf(schema.InvalidValue, at.With("kind"), "unknown kind %q%s", ref.Kind, suggest.Hint(ref.Kind, fnKinds)).Fix = "it is one of " + strings.Join(fnKinds, ", ")
		return nil
	}
	for _, f := range list.Config.Fields {
		known := []string{"apiVersion", "kind", "metadata", "spec"}
		if !slices.Contains(known, f.Key) {
			sink.KeyErrorf(schema.UnknownField, at.With(f.Key), "unknown field%s", suggest.Hint(f.Key, known)).Fix = "what " + ref.Kind + " takes stands under spec"
		}
	}
	c := &fnConfig{kind: ref.Kind}
	spec := list.Config.Get("spec")
	if spec == nil {
		spec = &tree.Node{Kind: tree.Map, Pos: list.Config.Pos}
	}
	c.read(spec, at.With("spec"), sink)
	if len(sink.Findings) > 0 {
		return nil
	}
	return c
}

// read reads the spec.
func (c *fnConfig) read(spec *tree.Node, at tree.Path, sink *report.Sink) {
	var into any
	var judged validateSpec
	switch c.kind {
	case fnProject:
		into = &c.project
	case fnServices:
		c.readServices(spec, at, sink)
		return
	case fnValidate:
		into = &judged
	case fnLint:
		into = &c.lint
	}
	for _, m := range tree.Decode(spec, into) {
		id := schema.InvalidValue
		if m.Kind == tree.UnknownField {
			id = schema.UnknownField
		}
		sink.ErrorAt(m.Pos, id, at.With(m.Path...), "%s", m.Message).Fix = m.Fix
	}
	switch {
	case c.kind == fnValidate:
		c.lint.KubernetesVersion, c.lint.CRDs, c.lint.Strict = judged.KubernetesVersion, judged.CRDs, judged.Strict
	case c.kind == fnProject && c.project.Path == "":
		c.project.Path = "."
	}
	c.judge(at, sink)
}

// judge judges the values of a spec that was read.
func (c *fnConfig) judge(at tree.Path, sink *report.Sink) {
	judgePath(c.project.Path, at.With("path"), sink)
	for i, p := range append(c.project.CRDs, c.lint.CRDs...) { // of which only one is there
		judgePath(p, at.With("crds", i), sink)
	}
	if c.project.KubernetesVersion+c.lint.KubernetesVersion != "" {
		if _, err := load.ParseVersion(c.project.KubernetesVersion + c.lint.KubernetesVersion); err != nil {
			sink.Errorf(schema.KubernetesVersion, at.With("kubernetesVersion"), "%v", err)
		}
	}
	if c.lint.FailOn != "" {
		if _, err := severityNamed(c.lint.FailOn); err != nil {
			sink.Errorf(schema.InvalidValue, at.With("failOn"), "%q: one of error, warning and info", c.lint.FailOn)
		}
	}
	if p := c.lint.Profile; p != "" && p != "default" && p != "strict" {
		sink.Errorf(schema.InvalidValue, at.With("profile"), "%q: one of default and strict", p)
	}
}

// inlineFields are the fields of kgen.cue that stand beside services in a spec: those
// of a single environment that lead to no file.
var inlineFields = []string{"kubernetesVersion", "featureGates", "namespace", "partOf", "labels", "annotations", "defaults", "objects"}

// readServices takes services and the project around them.
func (c *fnConfig) readServices(spec *tree.Node, at tree.Path, sink *report.Sink) {
	project := &tree.Node{Kind: tree.Map, Pos: spec.Pos}
	for _, f := range spec.Fields {
		switch {
		case f.Key == "services":
		case slices.Contains(inlineFields, f.Key):
			project.Set(f.Key, f.KeyPos, f.Value)
		default:
			sink.KeyErrorf(schema.UnknownField, at.With(f.Key), "unknown field%s", suggest.Hint(f.Key, append([]string{"services"}, inlineFields...)))
		}
	}
	services := spec.Get("services")
	if services == nil {
		sink.Errorf(schema.MissingField, at.With("services"), "missing: the services by name")
		return
	}
	if services.Kind != tree.Map || len(services.Fields) == 0 {
		sink.Errorf(schema.InvalidValue, at.With("services"), "expected a map of services by name, found %s", emptyOr(services))
	}
	c.inline = &load.Inline{Project: project, Services: services}
}

func emptyOr(n *tree.Node) string {
	if n.Kind == tree.Map {
		return "none"
	}
	return n.Kind.String()
}

// judgePath refuses a path that leads out of the repository: who writes a functionConfig
// need not be trusted with all that the process can read. Outside of a repository it
// may not lead out of the working directory.
func judgePath(name string, at tree.Path, sink *report.Sink) {
	if name == "" {
		return
	}
	const why = "%q: a path inside the repository, relative to the directory of the kustomization"
	if filepath.IsAbs(filepath.FromSlash(name)) || !leadsInto(repositoryRoot(), filepath.FromSlash(name)) {
		sink.Errorf(schema.InvalidValue, at, why, name)
		return
	}
	if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
		sink.Errorf(schema.InvalidValue, at, "%q: no such file or directory", name)
	}
}

// repositoryRoot is the root of the repository around the working directory, which it
// is itself where there is none.
func repositoryRoot() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return cmp.Or(repository.Root(dir), dir)
}

// leadsInto reports whether a path leads below root, links resolved.
func leadsInto(root, name string) bool {
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return false
	}
	target, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(target); err == nil {
		target = real
	}
	rel, err := filepath.Rel(root, target)
	return err == nil && filepath.IsLocal(rel)
}
