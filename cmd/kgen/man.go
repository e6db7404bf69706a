package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
)

func newMan(p *process) *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the manual pages of all commands into a directory",
		Long: `Write the manual pages of all commands, kgen.1, kgen-render.1 and so on, into a
directory, which is made where it is missing. The same kgen always writes the
same pages.`,
		Example: `  kgen man man1`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("kgen man takes one directory, not %d", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return writeManual(c.Root(), args[0]) },
	}
}

// writeManual writes a page a command into dir.
func writeManual(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("%s: %w", filepath.ToSlash(dir), atomicfile.Cause(err))
	}
	in, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.ToSlash(dir), atomicfile.Cause(err))
	}
	defer in.Close()
	temp := atomicfile.Temp(atomicfile.NewID())
	for _, c := range commands(root) {
		name := pageName(c) + ".1"
		if err = atomicfile.Create(in, temp, []byte(manualPage(c))); err == nil {
			err = in.Rename(temp, name)
		}
		if err != nil {
			_ = in.Remove(temp)
			return fmt.Errorf("write %s: %w", filepath.ToSlash(filepath.Join(dir, name)), atomicfile.Cause(err))
		}
	}
	return nil
}

// commands are a command and those below it that people may use.
func commands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			all = append(all, commands(below)...)
		}
	}
	return all
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manualPage is a command's page, in the macros of man(7). It bears no date: that
// would be the day of the build.
func manualPage(c *cobra.Command) string {
	c.InitDefaultHelpFlag()
	p := page{}
	p.line(`.TH "` + roff(strings.ToUpper(pageName(c))) + `" "1" "" "kgen" "kgen manual"`)
	p.section("NAME", roff(pageName(c)+" - "+c.Short))
	p.section("SYNOPSIS", `\fB`+roff(c.CommandPath())+`\fR`+roff(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	p.line(".SH DESCRIPTION")
	text := c.Long
	if text == "" {
		text = c.Short + "."
	}
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		p.paragraph(paragraph)
	}
	p.commands(c)
	p.line(".SH OPTIONS")
	c.NonInheritedFlags().VisitAll(p.flag)
	c.InheritedFlags().VisitAll(p.flag)
	if c.Example != "" {
		p.line(".SH EXAMPLES")
		p.verbatim(c.Example)
	}
	p.section("EXIT STATUS", "0: all is well. 1: the input is wrong, or something differs. 2: kgen could not do its work.")
	if c.HasParent() {
		p.section("SEE ALSO", `\fB`+roff(pageName(c.Parent()))+`\fR(1)`)
	}
	return p.String()
}

// page is a manual page as it grows.
type page struct{ strings.Builder }

func (p *page) line(s string) {
	p.WriteString(s)
	p.WriteByte('\n')
}

func (p *page) section(title, text string) {
	p.line(".SH " + title)
	p.line(text)
}

// paragraph is one of text, or of lines that stand as they are where they begin
// with a space.
func (p *page) paragraph(text string) {
	p.line(".PP")
	if strings.HasPrefix(text, " ") || strings.Contains(text, "\n ") {
		p.verbatim(text)
		return
	}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		p.line(roff(line))
	}
}

func (p *page) verbatim(text string) {
	p.line(".nf")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.line(roff(line))
	}
	p.line(".fi")
}

func (p *page) commands(c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	p.line(".SH COMMANDS")
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			p.line(".TP")
			p.line(`\fB` + roff(pageName(below)) + `\fR(1)`)
			p.line(roff(below.Short))
		}
	}
}

func (p *page) flag(f *pflag.Flag) {
	if f.Hidden || f.Deprecated != "" {
		return
	}
	kind, usage := pflag.UnquoteUsage(f)
	names := `\fB` + roff("--"+f.Name) + `\fR`
	if f.Shorthand != "" {
		names = `\fB` + roff("-"+f.Shorthand) + `\fR, ` + names
	}
	if kind != "" {
		names += ` \fI` + roff(kind) + `\fR`
	}
	p.line(".TP")
	p.line(names)
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
		usage += " (default " + f.DefValue + ")"
	}
	p.line(roff(usage))
}

// roff writes text that it may stand as a line: a hyphen that can be copied, and no
// dot or quote at the start, where it would be a request.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
