package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// earlier is what there was.
type earlier interface {
	// of is what there was of a project.
	of(ctx context.Context, p *render.Project, from *load.Project) (*before, error)
	// finish tells of what there was of no project that there is.
	finish()
}

// before is what there was of one project.
type before struct {
	// objects are those of an environment; now are those that there are.
	objects func(environment string, now []*diff.Object) ([]*diff.Object, error)
	// environments are all that there were.
	environments []string
	// hasLeftOut is set where Secrets without their values are among the objects.
	hasLeftOut bool
}

// gone are the environments that are no longer there.
func (b *before) gone(names []string) []string {
	return slices.DeleteFunc(slices.Clone(b.environments), func(name string) bool {
		return slices.Contains(names, name) || name == ""
	})
}

// earlier is what --against names, else the tree that kgen render writes.
func (r *diffRun) earlier() (earlier, error) {
	if revision, isGit := strings.CutPrefix(r.against, gitPrefix); isGit {
		return newAtRevision(r, revision)
	}
	return &manifestsBefore{diffRun: r}, nil
}

// manifestsBefore reads what there was from manifests.
type manifestsBefore struct {
	*diffRun
}

func (m *manifestsBefore) finish() {}

func (m *manifestsBefore) of(_ context.Context, p *render.Project, _ *load.Project) (*before, error) {
	dir := m.against
	switch {
	case dir != "":
	case m.dir != "":
		dir = filepath.Join(m.dir, subdir(m.load.Paths, p.Root))
	case p.Output.Dir != "":
		dir = filepath.Join(p.Root, filepath.FromSlash(p.Output.Dir))
	default:
		return nil, fmt.Errorf("%s: nothing to compare with: say --against DIR, FILE, git:REV or -, or output: dir in kgen.cue", p.Dir)
	}
	if dir == "-" || !isDir(dir) {
		return m.ofStream(dir, p)
	}
	files, isTree, err := render.Listed(dir)
	if err != nil {
		return nil, err
	}
	if isTree {
		return m.ofTree(dir, files, p), nil
	}
	return m.ofDir(dir, p)
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// ofTree reads a tree that kgen rendered.
func (m *manifestsBefore) ofTree(dir string, files []string, p *render.Project) *before {
	byEnvironment := map[string][]string{}
	var names []string
	for _, file := range files {
		name := ""
		if len(p.EnvironmentNames) > 0 {
			name, _, _ = strings.Cut(file, "/")
		}
		if byEnvironment[name] == nil {
			names = append(names, name)
		}
		byEnvironment[name] = append(byEnvironment[name], filepath.Join(dir, filepath.FromSlash(file)))
	}
	return &before{environments: names, objects: func(environment string, now []*diff.Object) ([]*diff.Object, error) {
		return m.read(byEnvironment[environment], nil, now)
	}}
}

// ofDir reads a directory of manifests, with one below it for each environment where
// it has those.
func (m *manifestsBefore) ofDir(dir string, p *render.Project) (*before, error) {
	var names []string
	for _, name := range p.EnvironmentNames {
		if isDir(filepath.Join(dir, name)) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		if err := m.judgeOne(p); err != nil {
			return nil, err
		}
	}
	return &before{objects: func(environment string, now []*diff.Object) ([]*diff.Object, error) {
		from := dir
		if len(names) > 0 {
			from = filepath.Join(dir, environment)
			if !slices.Contains(names, environment) {
				return nil, nil
			}
		}
		options := m.load
		options.Paths, options.Stdin = []string{from}, nil
		inputs, err := load.FindInputs(options)
		if err != nil {
			return nil, fmt.Errorf("--against: %w", err)
		}
		objects, err := m.read(inputs.Manifests, nil, now)
		if err == nil && len(objects) == 0 && len(m.findings) == 0 {
			err = fmt.Errorf("%s: no manifests in it", path.Clean(filepath.ToSlash(from)))
		}
		return objects, err
	}}, nil
}

// ofStream reads a file or standard input.
func (m *manifestsBefore) ofStream(name string, p *render.Project) (*before, error) {
	if name != "-" {
		if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
			hint := ""
			if m.against == "" {
				hint = "; kgen render --write makes it, or say --against DIR, FILE, git:REV or -"
				if m.dir != "" {
					hint = ""
				}
			}
			return nil, fmt.Errorf("%s: no such file or directory%s", filepath.ToSlash(name), hint)
		}
	}
	if err := m.judgeOne(p); err != nil {
		return nil, err
	}
	return &before{objects: func(_ string, now []*diff.Object) (objects []*diff.Object, err error) {
		told := "standard input"
		if name == "-" {
			objects, err = m.read(nil, read.NewPieces(io.NopCloser(m.load.Stdin)), now)
		} else {
			told = filepath.ToSlash(name)
			objects, err = m.read([]string{name}, nil, now)
		}
		if err == nil && len(objects) == 0 && len(m.findings) == 0 {
			err = fmt.Errorf("%s: no manifests in it", told)
		}
		return objects, err
	}}, nil
}

// judgeOne demands that there is one environment to compare, of one project.
func (m *manifestsBefore) judgeOne(p *render.Project) error {
	name := cmp.Or(m.against, m.dir, p.Output.Dir)
	if name == "-" {
		name = "standard input"
	}
	if len(p.Environments) > 1 {
		return fmt.Errorf("%s has manifests of one environment: choose it with --env: %s", name, strings.Join(p.EnvironmentNames, ", "))
	}
	if len(m.projects) > 1 && m.against != "" {
		return fmt.Errorf("%s has manifests of one project: choose it with PATH", name)
	}
	return nil
}

// read reads files, or a stream, and takes documents that were rendered as they stand
// there for the objects that there are.
func (m *manifestsBefore) read(files []string, stream *read.Pieces, now []*diff.Object) (objects []*diff.Object, err error) {
	known := make(map[string]*diff.Object, len(now))
	for _, o := range now {
		if len(o.YAML) > 0 {
			known[string(o.YAML)] = o
		}
	}
	r := manifestReader{
		take: func(o *lint.Object) { objects = append(objects, &diff.Object{Object: o.Object}) },
		known: func(text []byte) bool {
			o := known[string(text)]
			if o != nil {
				objects = append(objects, o)
			}
			return o != nil
		},
	}
	if stream != nil {
		if err := r.stream(stream, &tree.Source{Name: "<stdin>"}); err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
	}
	for _, file := range files {
		if err := r.file(file); err != nil && !errors.Is(err, os.ErrNotExist) { // listed, and removed by somebody
			return nil, err
		}
	}
	m.findings = append(m.findings, r.sink.Findings...)
	return objects, nil
}

// nowIn are the objects of an environment that were asked for.
func nowIn(e *render.Environment) (objects []*diff.Object) {
	next := 0
	for i := range e.Kept {
		k := &e.Kept[i]
		if !k.IsSelected {
			continue
		}
		o := &diff.Object{Object: k.Object}
		if next < len(e.Objects) && isSameObject(&e.Objects[next], k.Object) {
			o.YAML = e.Objects[next].YAML
			next++
		}
		objects = append(objects, o)
	}
	return objects
}

// isSameObject reports whether k is what r was written from.
func isSameObject(r *render.Object, k *manifest.Object) bool {
	return r.Kind == k.Kind && r.Name == k.Name && r.Namespace == k.Namespace && r.Group == manifest.GroupOf(k.APIVersion)
}

// withoutUnknown drops the Secrets whose values are not known, unless there was one:
// nobody renders them.
func withoutUnknown(now, was []*diff.Object) []*diff.Object {
	had := map[string]bool{}
	for _, o := range was {
		if o.Kind == "Secret" {
			had[o.Name] = true
		}
	}
	return slices.DeleteFunc(now, func(o *diff.Object) bool {
		_, isTyped := o.Value.(*corev1.Secret)
		return isTyped && len(o.YAML) == 0 && !had[o.Name]
	})
}
