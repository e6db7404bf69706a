package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/scaffold"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

func newImport(p *process) *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Make services of compose files or of manifests",
		Long: `Make a project of what is there already, and say what became of each part of it:
kept, changed or dropped, with file and line. Nothing is dropped in silence, and no
secret value is ever written.`,
		Example: `  kgen import compose compose.yaml -o shop --volume-size 10Gi
  kgen import manifests deploy/ -o shop`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("say what to import: kgen import compose FILE, or kgen import manifests PATH")
			}
			return fmt.Errorf("kgen import %s: one of compose and manifests%s", args[0], suggest.Hint(args[0], []string{"compose", "manifests"}))
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	c.AddCommand(newImportCompose(p), newImportManifests(p))
	return c
}

// importOptions are the flags of both imports.
type importOptions struct {
	loadFlags
	out      string
	language string
	format   string
	all      bool
	force    bool
	dryRun   bool
}

func (o *importOptions) bindImport(f *pflag.FlagSet) {
	f.StringVarP(&o.out, "output", "o", "", "`directory` of the project, which need not exist")
	f.StringVar(&o.language, "as", convert.Languages[0], "`language` of the service files: "+strings.Join(convert.Languages, ", "))
	f.StringVar(&o.format, "format", convert.Formats[0], "`format` of the report: "+strings.Join(convert.Formats, ", "))
	f.BoolVar(&o.all, "all", false, "report what is kept as it is too, and each thing that clusters fill in")
	f.BoolVar(&o.force, "force", false, "replace files that are there already")
	f.BoolVar(&o.dryRun, "dry-run", false, "report alone, and write nothing")
	o.bind(f)
}

func (o *importOptions) judgeImport(args []string) error {
	errs := []error{o.judge()}
	if len(args) == 0 {
		errs = append(errs, errors.New("say what to import"))
	}
	if o.out == "" && !o.dryRun {
		errs = append(errs, errors.New("say where the project goes: -o DIR"))
	}
	if !slices.Contains(convert.Languages, o.language) {
		errs = append(errs, fmt.Errorf("--as %s: one of %s%s", o.language, strings.Join(convert.Languages, ", "), suggest.Hint(o.language, convert.Languages)))
	}
	if !slices.Contains(convert.Formats, o.format) {
		errs = append(errs, fmt.Errorf("--format %s: one of %s%s", o.format, strings.Join(convert.Formats, ", "), suggest.Hint(o.format, convert.Formats)))
	}
	return errors.Join(errs...)
}

// importRun is one run of an import.
type importRun struct {
	operation
	*importOptions
	// read makes the projects, by their directories below the one that is written to.
	read func(context.Context) ([]importedProject, error)
	// sources are the manifests that were read, whose findings are not import's, and
	// stdin what was read of standard input.
	sources []string
	stdin   []byte
	// inherent are rules whose findings say what the input, which is no manifest, has too.
	inherent []string
	became   convert.Report
	result   *scaffold.Result
	// stale are service files that were there already, and that this import does not make.
	stale []string
}

// importedProject is a project that was made.
type importedProject struct {
	dir   string
	draft *convert.Draft
}

// run imports, and prints what became of the input.
func (r *importRun) run() error {
	r.heap.raise(lintLimit) // all objects are kept, to be compared with the input
	err := r.supervise(&r.loadFlags, r.stderr, r.hasColor(r.isStderrTerminal), r.operate)
	if err != nil && !errors.Is(err, errWrong) {
		return err
	}
	var printer convert.Printer = convert.Text{All: r.all}
	if r.format == "json" {
		printer = convert.JSON{}
	}
	if err := printer.Print(r.stdout, &r.became); err != nil {
		return err
	}
	r.tellWritten()
	if r.isFailed() {
		return errWrong
	}
	return err
}

// isFailed reports whether somebody has to look: the input has mistakes, or something is
// left to say.
func (r *importRun) isFailed() bool {
	return r.became.Count(convert.Wrong)+r.became.Count(convert.ToDo) > 0
}

func (r *importRun) operate(ctx context.Context) error {
	r.supervisor.enter("importing")
	projects, err := r.read(ctx)
	if err != nil {
		return err
	}
	var files []scaffold.File
	for _, p := range projects {
		tree, err := p.draft.Tree(r.language)
		if err != nil {
			return err
		}
		for _, f := range tree {
			files = append(files, scaffold.File{Path: path.Join(p.dir, f.Path), Data: f.Data})
		}
		r.became.Items = append(r.became.Items, p.draft.Report.Items...)
		r.became.Proofs = append(r.became.Proofs, p.draft.Report.Proofs...)
	}
	r.became.Sort()
	if r.dryRun || isEmptyImport(projects) {
		return nil
	}
	if err := r.refuseTwice(files); err != nil {
		return err
	}
	if !r.supervisor.commit() {
		return errInterrupted
	}
	r.result, err = scaffold.WriteFiles(r.out, files, r.force)
	var taken *scaffold.TakenError
	if errors.As(err, &taken) {
		return fmt.Errorf("%w\n\t--force replaces them", err)
	}
	if err != nil {
		return err
	}
	r.findStale(projects, files)
	return r.lint(ctx)
}

// refuseTwice refuses to write a service that is there already in another language.
func (r *importRun) refuseTwice(files []scaffold.File) error {
	var errs []error
	for _, f := range files {
		stem, isService := strings.CutSuffix(f.Path, "."+r.language)
		if !isService {
			continue
		}
		for _, language := range []string{"cue", "yaml", "yml", "json"} {
			name := filepath.Join(r.out, filepath.FromSlash(stem+"."+language))
			if _, err := os.Lstat(name); language != r.language && err == nil {
				errs = append(errs, fmt.Errorf("%s: it is there already, and the service would stand twice", filepath.ToSlash(name)))
			}
		}
	}
	return errors.Join(errs...)
}

// isEmptyImport reports whether nothing was found that a project could have: the report
// says why.
func isEmptyImport(projects []importedProject) bool {
	return !slices.ContainsFunc(projects, func(p importedProject) bool {
		return len(p.draft.Services)+len(p.draft.Project.Fields) > 0
	})
}

// tellWritten says what was written, and what comes next.
func (r *importRun) tellWritten() {
	if r.result == nil {
		return
	}
	r.notice(fmt.Sprintf("wrote %s into %s", counted(len(r.result.Written), "file", "files"), report.OneLine(r.out)))
	if n := len(r.result.Kept); n > 0 {
		r.notice(counted(n, "file was", "files were") + " there already")
	}
	r.tellStale()
	if n := len(r.became.Had); n > 0 {
		listed := "; --all lists them"
		if r.all || r.format == "json" {
			listed = ""
		}
		r.notice(counted(n, "finding of kgen lint is", "findings of kgen lint are") + " about what the input has too" + listed)
	}
}
