package load

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
)

// Inputs are what paths name where services and manifests may stand side by side.
type Inputs struct {
	// Services are projects and service files, for Options.Paths, which go with
	// Options.Mixed; "-" is for Stdin.
	Services []string
	Stdin    []byte
	// Manifests are YAML and JSON files that were found or named. Those that turn
	// out to be service files of a project are among them.
	Manifests []string
	// Named are the files that were named, as opposed to found.
	Named map[string]bool
	// Streams are standard input and pipes, where they hold manifests.
	Streams []Stream
	// Skipped are the files of other tools.
	Skipped []Skipped

	around *around // nil without kustomizations
}

// Stream is what is to be read from a pipe.
type Stream struct {
	Name   string
	Pieces *read.Pieces
}

// IsEmpty reports whether there is nothing to judge.
func (in *Inputs) IsEmpty() bool {
	return len(in.Services)+len(in.Manifests)+len(in.Streams) == 0
}

// Without leaves out the manifests that were read as services.
func (in *Inputs) Without(serviceFiles []string) []string {
	services := map[string]bool{}
	for _, file := range serviceFiles {
		services[realPlace(file)] = true
	}
	return slices.DeleteFunc(slices.Clone(in.Manifests), func(file string) bool { return services[realPlace(file)] })
}

// FindInputs sorts what the paths of options name: files, directories with all that
// is below them, "DIR/..." for the same, and "-" for stdin. None is ".". The error is
// about paths that cannot be read; the others are sorted all the same.
func FindInputs(options Options) (*Inputs, error) {
	paths := options.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	options.Workers = 1
	s := sorter{
		loader: newLoader(options), kustomized: newKustomized(options.Command), inputs: Inputs{Named: map[string]bool{}},
		seen: map[string]bool{}, charts: map[string]bool{}, services: map[string]map[string]bool{},
	}
	var errs []error
	for _, p := range paths {
		errs = append(errs, s.add(p))
	}
	s.leaveRendered()
	s.leaveParts()
	if len(s.kustomized.list) > 0 {
		s.inputs.around = s.kustomized.around(s.seen)
	}
	s.inputs.Skipped = s.result.Skipped
	return &s.inputs, errors.Join(errs...)
}

type sorter struct {
	*loader
	kustomized *kustomized
	inputs     Inputs
	seen       map[string]bool            // by place
	charts     map[string]bool            // of directories, whether they are charts
	services   map[string]map[string]bool // the serviceFiles of projects, by place
}

func (s *sorter) add(arg string) error {
	if arg == "-" {
		return s.addStdin()
	}
	if dir, isPattern := cutPattern(arg); isPattern {
		arg = orDot(dir)
	}
	info, err := os.Stat(arg)
	switch {
	case err != nil:
		return pathError(arg, err)
	case info.IsDir():
		return s.addDir(arg)
	case info.Mode().IsRegular():
		s.inputs.Named[arg] = true
		return s.addNamed(arg)
	}
	return s.addPipe(arg)
}

func (s *sorter) addStdin() error {
	pieces := read.NewPieces(io.NopCloser(s.options.Stdin))
	first, isAll, err := pieces.First()
	switch {
	case err != nil:
		return pathError("standard input", err)
	case isAll && isOneMap(first.Data) && !isManifest(first.Data):
		s.inputs.Services, s.inputs.Stdin = append(s.inputs.Services, "-"), first.Data
	default:
		s.inputs.Streams = append(s.inputs.Streams, Stream{"<stdin>", pieces})
	}
	return nil
}

// addPipe opens what another program writes, as <(helm template shop).
func (s *sorter) addPipe(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return pathError(name, err)
	}
	s.inputs.Streams = append(s.inputs.Streams, Stream{display(name), read.NewPieces(f)})
	return nil
}

// addNamed sorts a file that the user named.
func (s *sorter) addNamed(file string) error {
	switch {
	case filepath.Ext(file) == ".cue":
		if root, err := projectRoot(filepath.Dir(file)); err == nil && root == "" && otherCUE(file) != "" {
			s.skip(file, sharedPackage)
			return nil
		}
		s.service(file)
		return nil
	case isKustomization(file):
		s.skip(file, otherTool(file))
		return nil
	}
	data, err := read.File(file) // of a large one, enough to tell what it is
	switch {
	case err != nil:
		return pathError(file, err)
	case bytes.Contains(data, []byte("{{")) && s.isTemplate(file):
		s.skip(file, chartTemplate)
	case isManifest(data):
		s.manifest(file)
	case otherTool(file) != "":
		s.skip(file, otherTool(file))
	case !isServiceFile(file):
		s.skip(file, "neither a manifest nor YAML, JSON or CUE")
	default:
		return s.addUnknown(file, data)
	}
	return nil
}

// addUnknown sorts a file that was named and holds no manifest: it is a service
// where its project says so, or where it looks like one and has no project.
func (s *sorter) addUnknown(file string, data []byte) error {
	root, err := projectRoot(filepath.Dir(file))
	switch {
	case err != nil:
		return err
	case root != "" && s.isAmongServices(root, file), root == "" && isService(data):
		s.service(file)
	default:
		s.manifest(file)
	}
	return nil
}

// isAmongServices reports whether a file is one of the serviceFiles of a project,
// whose mistakes are told when it is loaded.
func (s *sorter) isAmongServices(root, file string) bool {
	if s.services[root] == nil {
		s.services[root] = map[string]bool{}
		p := projectAt(root)
		_ = s.readProjectFile(p)
		files, _ := s.serviceFiles(root, p.Config.ServiceFiles, &report.Sink{})
		for _, f := range files {
			s.services[root][placeOf(f)] = true
		}
	}
	return s.services[root][placeOf(file)]
}

// addDir sorts all that is in a directory and below.
func (s *sorter) addDir(dir string) error {
	root, err := projectRoot(dir)
	if err != nil {
		return err
	}
	w, err := s.walkAll(dir, func(file string) bool { return isSource(file) || isKustomization(file) })
	errs := []error{err}
	for _, tree := range w.rendered {
		s.skip(tree, "rendered by kgen")
	}
	for _, file := range w.special {
		s.skip(file, "not a regular file")
	}
	all := w.files
	projects, files := divide(all)
	for _, p := range projects {
		s.service(p)
	}
	outside := map[string]bool{}
	for _, file := range files {
		outside[file] = true
	}
	isPart := root != "" && root != filepath.Clean(dir)
	for _, file := range all {
		switch reason := s.notAManifest(file); {
		case reason != "":
			s.skip(file, reason)
		case filepath.Base(file) == lintFile: // it is read where manifests lie under it
		case filepath.Ext(file) == ".cue" && outside[file] && root == "" && otherCUE(file) != "":
			s.skip(file, sharedPackage)
		case filepath.Ext(file) == ".cue" && outside[file]:
			s.service(file)
		case filepath.Ext(file) == ".cue":
		case isPart && outside[file]:
			errs = append(errs, s.addNamed(file))
		default:
			s.manifest(file)
		}
	}
	return errors.Join(errs...)
}

const chartTemplate = "template of a Helm chart"

// notAManifest says why a file that was found holds no manifests.
func (s *sorter) notAManifest(file string) string {
	switch {
	case isKustomization(file):
		s.kustomized.read(file)
	case s.isTemplate(file):
		return chartTemplate
	}
	return otherTool(file)
}

// isTemplate reports whether a file is a template of a Helm chart.
func (s *sorter) isTemplate(file string) bool {
	for dir := filepath.Dir(file); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if filepath.Base(dir) != "templates" {
			continue
		}
		chart := filepath.Dir(dir)
		if _, known := s.charts[chart]; !known {
			s.charts[chart] = exists(filepath.Join(chart, "Chart.yaml"))
		}
		if s.charts[chart] {
			return true
		}
	}
	return false
}

// leaveParts leaves out the manifests that are parts of what kustomize makes.
func (s *sorter) leaveParts() {
	for _, file := range s.inputs.Manifests {
		s.kustomized.above(filepath.Dir(file))
	}
	if len(s.kustomized.parts) == 0 {
		return
	}
	s.inputs.Manifests = slices.DeleteFunc(s.inputs.Manifests, func(file string) bool {
		reason := s.kustomized.reasonFor(file)
		if reason != "" {
			s.skip(file, reason)
		}
		return reason != ""
	})
}

func (s *sorter) service(path string)  { s.once(path, &s.inputs.Services) }
func (s *sorter) manifest(path string) { s.once(path, &s.inputs.Manifests) }

func (s *sorter) once(path string, list *[]string) {
	if place := realPlace(path); !s.seen[place] {
		s.seen[place] = true
		*list = append(*list, path)
	}
}

// realPlace is what all ways to name one file have in common, links included.
func realPlace(file string) string {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	return placeOf(file)
}
