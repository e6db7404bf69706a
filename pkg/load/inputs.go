package load

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Inputs are what paths name where services and manifests may stand side by side.
type Inputs struct {
	// Services are projects and service files, for Options.Paths, which go with
	// Options.SkipStrangers; "-" is for Stdin.
	Services []string
	Stdin    []byte
	// Manifests are YAML and JSON files that were found or named. Those that turn
	// out to be service files of a project are among them.
	Manifests []string
	// Streams are standard input and pipes, where they hold manifests.
	Streams []Stream
	// Skipped are the files of other tools.
	Skipped []Skipped
}

// Stream is what was read from a pipe.
type Stream struct {
	Name string
	Data []byte
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

// FindInputs sorts what paths name: files, directories with all that is below
// them, "DIR/..." for the same, and "-" for stdin. None is ".". The error is about
// paths that cannot be read; the others are sorted all the same.
func FindInputs(paths []string, stdin io.Reader) (*Inputs, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	s := sorter{loader: newLoader(Options{Workers: 1}), stdin: stdin, seen: map[string]bool{}}
	var errs []error
	for _, p := range paths {
		errs = append(errs, s.add(p))
	}
	s.inputs.Skipped = s.result.Skipped
	return &s.inputs, errors.Join(errs...)
}

type sorter struct {
	*loader
	stdin  io.Reader
	inputs Inputs
	seen   map[string]bool // by place
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
		return s.addNamed(arg)
	}
	return s.addPipe(arg)
}

func (s *sorter) addStdin() error {
	data, err := read.AllManifests(s.stdin)
	switch {
	case err != nil:
		return pathError("standard input", err)
	case isOneMap(data) && !isManifest(data):
		s.inputs.Services, s.inputs.Stdin = append(s.inputs.Services, "-"), data
	default:
		s.inputs.Streams = append(s.inputs.Streams, Stream{"<stdin>", data})
	}
	return nil
}

// addPipe reads what another program writes, as <(helm template shop).
func (s *sorter) addPipe(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return pathError(name, err)
	}
	defer f.Close()
	data, err := read.AllManifests(f)
	if err != nil {
		return pathError(name, err)
	}
	s.inputs.Streams = append(s.inputs.Streams, Stream{display(name), data})
	return nil
}

// addNamed sorts a file that the user named.
func (s *sorter) addNamed(file string) error {
	if filepath.Ext(file) == ".cue" {
		s.service(file)
		return nil
	}
	data, err := read.ManifestFile(file)
	switch {
	case err != nil:
		return pathError(file, err)
	case isManifest(data):
		s.manifest(file)
	case otherTool(file) != "":
		s.skip(file, otherTool(file))
	case !isServiceFile(file):
		s.skip(file, "neither a manifest nor YAML, JSON or CUE")
	default:
		s.service(file)
	}
	return nil
}

// addDir sorts all that is in a directory and below.
func (s *sorter) addDir(dir string) error {
	root, err := projectRoot(dir)
	if err != nil {
		return err
	}
	all, rendered, err := s.walkAll(dir, isSource)
	errs := []error{err}
	for _, tree := range rendered {
		s.skip(tree, "rendered by kgen")
	}
	projects, files := divide(all)
	for _, p := range projects {
		s.service(p)
	}
	outside := map[string]bool{}
	for _, file := range files {
		outside[file] = true
	}
	isPart := root != "" && root != filepath.Clean(dir)
	charts := map[string]bool{}
	for _, file := range all {
		switch reason := s.notAManifest(file, charts); {
		case reason != "":
			s.skip(file, reason)
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

// notAManifest says why a file that was found holds no manifests.
func (s *sorter) notAManifest(file string, charts map[string]bool) string {
	if reason := otherTool(file); reason != "" {
		return reason
	}
	for dir := filepath.Dir(file); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if filepath.Base(dir) != "templates" {
			continue
		}
		chart := filepath.Dir(dir)
		if _, known := charts[chart]; !known {
			charts[chart] = exists(filepath.Join(chart, "Chart.yaml"))
		}
		if charts[chart] {
			return "template of a Helm chart"
		}
	}
	return ""
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

// These find a field at the start of a line.
var (
	apiVersionField = regexp.MustCompile(`(?m)^["']?apiVersion["']?[ \t]*:`)
	metadataField   = regexp.MustCompile(`(?m)^["']?metadata["']?[ \t]*:`)
)

// isManifest reports whether a document of a file has apiVersion, or metadata, which
// a service, though it may have a kind, has not.
func isManifest(data []byte) bool {
	if apiVersionField.Match(data) || metadataField.Match(data) {
		return true
	}
	if !bytes.Contains(data, []byte("apiVersion")) {
		return false
	}
	found, sink := false, &report.Sink{}
	read.Documents(&tree.Source{}, data, sink, func(n *tree.Node) {
		found = found || n.Get("apiVersion") != nil && n.Get("kind") != nil
	})
	return found || len(sink.Findings) > 0 && bytes.Contains(data, []byte("kind"))
}

// isOneMap reports whether data is one document with fields.
func isOneMap(data []byte) bool {
	documents, maps := 0, 0
	read.Documents(&tree.Source{}, data, &report.Sink{}, func(n *tree.Node) {
		documents++
		if n.Kind == tree.Map {
			maps++
		}
	})
	return documents == 1 && maps == 1
}
