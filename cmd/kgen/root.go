package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// The exit statuses.
const (
	exitClean  = 0
	exitWrong  = 1 // the input is wrong, or something differs
	exitFailed = 2 // kgen could not do its work
)

// errWrong ends a command with exitWrong; what is wrong was printed already.
var errWrong = errors.New("the input is wrong")

// run runs the command that args name and returns the exit status.
func run(args []string, p *process) int {
	root := newRoot(p)
	root.SetArgs(args)
	err := root.Execute()
	switch err {
	case nil:
		return exitClean
	case errWrong:
		return exitWrong
	}
	p.complain(err)
	return exitFailed
}

// newRoot is the command kgen.
func newRoot(p *process) *cobra.Command {
	var isVersion bool
	root := &cobra.Command{
		Use:   "kgen",
		Short: "Complete Kubernetes manifests from short, typed descriptions of services",
		Long: `kgen turns a short, typed description of a service into its complete Kubernetes
manifests, and says what is wrong with them before any cluster does. It talks to
no cluster and no network.`,
		Args:          knownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(c *cobra.Command, _ []string) error {
			if isVersion {
				return printVersion(p)
			}
			return c.Help()
		},
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetFlagErrorFunc(flagError)
	root.Flags().BoolVar(&isVersion, "version", false, "print kgen's version")
	root.AddCommand(newInit(p), newRender(p), newValidate(p), newLint(p), newDiff(p), newRules(p), newExplain(p), newSchema(p), newExport(p), newSet(p), newVersion(p), newMan(p), newFn(p), newImport(p))
	completeFlags(root)
	judgeShell(root)
	return root
}

// knownCommand refuses what is the name of no command.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("unknown command %q%s", args[0], suggest.Hint(args[0], names))
}

// noArguments refuses arguments of a command that has none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no arguments, not %q", c.CommandPath(), args[0])
}

// forms say what the values of a type of flag look like.
var forms = map[string]string{"int": "a number", "duration": "a duration, as in 30s", "bool": "true or false"}

// flagError names the flag that was probably meant, or the form of its value.
func flagError(c *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) && forms[invalid.GetFlag().Value.Type()] != "" {
		return fmt.Errorf("--%s %s: it takes %s", invalid.GetFlag().Name, invalid.GetValue(), forms[invalid.GetFlag().Value.Type()])
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return fmt.Errorf("%w%s", err, suggest.Hint("--"+unknown.GetSpecifiedName(), names))
}

// complain prints what kgen could not do, one line each.
func (p *process) complain(err error) {
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			p.notice(line)
		}
	}
}

// notice tells a person something that is no finding. A line that starts with a
// tab belongs to the one before it.
func (p *process) notice(text string) {
	if detail, ok := strings.CutPrefix(text, "\t"); ok {
		fmt.Fprintln(p.stderr, "\t"+report.OneLine(detail))
		return
	}
	fmt.Fprintln(p.stderr, "kgen: "+report.OneLine(text))
}
