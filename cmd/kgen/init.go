package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/scaffold"
)

// initOptions are the flags of kgen init.
type initOptions struct {
	scaffold.Options
	vendor bool
}

func newInit(p *process) *cobra.Command {
	o := &initOptions{}
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a project that renders at once",
		Long: `Make a project in DIR, or in the current directory: kgen.cue and one service, with
what git, pre-commit, CI and editors need. What pre-commit and CI read goes to the
root of the git repository, the rest into DIR.

No file is ever overwritten: those that are there are left as they are, and named. In
a directory that is a project already, init adds what it lacks, and a service where
--from or --name asks for one.

--from takes any image. Of well-known ones (nginx, postgres, mysql, mariadb, redis,
mongo, rabbitmq, httpd, node and more) init knows the user, the port and what they
write to; they need no tag.`,
		Example: `  kgen init
  kgen init shop
  kgen init shop --from ghcr.io/acme/web:1.4.2 --port 8080
  kgen init shop --from postgres --name db
  kgen init --ci gitlab
  kgen init --vendor`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("init makes one project, not %d: a directory with spaces goes in quotes", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			o.Dir = "."
			if len(args) > 0 {
				o.Dir = args[0]
			}
			return o.run(p, c.Flags())
		},
	}
	f := c.Flags()
	f.StringVar(&o.From, "from", "", "`image` of the service, as in ghcr.io/acme/web:1.4.2 or nginx")
	f.IntVar(&o.Port, "port", 0, "`port` that the image listens on, 0 for none; by default that of a well-known image, else 8080")
	f.StringVar(&o.Name, "name", "", "`name` of the service; by default that of the image")
	f.StringVar(&o.CI, "ci", "", "`place` that runs CI: "+strings.Join(scaffold.CIs, ", ")+"; by default what the repository is for, else github")
	f.BoolVar(&o.vendor, "vendor", false, "bring the copy of the schema in a project up to date, and do nothing else")
	return c
}

func (o *initOptions) run(p *process, flags *pflag.FlagSet) error {
	if o.Dir == "" {
		return errors.New("init needs a directory; . is this one")
	}
	for _, flag := range [...][2]string{{"from", "an image"}, {"name", "a name"}, {"ci", "one of " + strings.Join(scaffold.CIs, ", ")}} {
		if name, what := flag[0], flag[1]; flags.Changed(name) && flags.Lookup(name).Value.String() == "" {
			return fmt.Errorf("--%s needs %s", name, what)
		}
	}
	o.HasPort = flags.Changed("port")
	o.Version = installable(version())
	if !o.vendor {
		result, err := scaffold.Init(o.Options)
		if err != nil {
			return err
		}
		return p.printInit(result, true)
	}
	for _, name := range []string{"from", "port", "name", "ci"} {
		if flags.Changed(name) {
			return fmt.Errorf("--vendor does nothing else: it does not go with --%s", name)
		}
	}
	result, err := scaffold.Vendor(o.Dir)
	if err != nil {
		return err
	}
	return p.printInit(result, false)
}

// printInit says what was written, what was left, and what comes next.
func (p *process) printInit(r *scaffold.Result, isNew bool) error {
	var b strings.Builder
	for _, name := range r.Written {
		b.WriteString("wrote  " + report.OneLine(name) + "\n")
	}
	if r.Vendored != "" {
		b.WriteString("wrote  " + report.OneLine(r.Vendored) + ", the schema for CUE's own tools\n")
	}
	for _, name := range r.Kept {
		b.WriteString("kept   " + report.OneLine(name) + ", which was there\n")
	}
	if b.Len() == 0 {
		b.WriteString("The schema is up to date.\n")
	}
	for _, line := range r.Advice {
		b.WriteString("note   " + report.OneLine(line) + "\n")
	}
	if isNew {
		b.WriteString("\nNext:\n")
		for _, command := range r.Next {
			b.WriteString("  " + report.OneLine(command) + "\n")
		}
	}
	if _, err := p.stdout.Write([]byte(b.String())); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}

// installable is a version that CI and hooks can install: a release. Empty for what
// was built from a checkout.
func installable(version string) string {
	release, _, isPre := strings.Cut(version, "-")
	var major, minor, patch int
	n, err := fmt.Sscanf(release, "v%d.%d.%d", &major, &minor, &patch)
	isRelease := err == nil && n == 3 && release == fmt.Sprintf("v%d.%d.%d", major, minor, patch)
	if !isRelease || isPre && isPseudo(version) {
		return ""
	}
	return version
}

// isPseudo reports whether a version names a commit by its time, or a checkout that
// was changed.
func isPseudo(version string) bool {
	parts := strings.Split(version, "-")
	stamp := parts[max(len(parts)-2, 0)]
	return strings.Contains(version, "+") || len(stamp) >= 14 && strings.Trim(stamp[len(stamp)-14:], "0123456789") == ""
}
