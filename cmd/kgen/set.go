package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
	"github.com/kgen-dev/kgen/pkg/edit"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

// setOptions are the flags of kgen set.
type setOptions struct {
	loadFlags

	dir      string
	env      string
	settings []*edit.Setting
	// unparsed are the arguments that name a field which kgen does not have; the project
	// may have it.
	unparsed []string
	dryRun   bool
}

func newSet(p *process) *cobra.Command {
	o := &setOptions{}
	c := &cobra.Command{
		Use:   "set {FIELD=VALUE... SERVICE | image SERVICE[/CONTAINER]=IMAGE...}",
		Short: "Edit a field of a service in its file",
		Long: `Edit fields of a service in the file that it is written in, CUE, YAML or JSON:
the bytes of the value change, or a line is put in; comments, order and format
stay. Nothing is written unless what comes of it is as valid as it was, and the
value is in effect.

VALUE is a plain value, or a literal of CUE or JSON: {...}, [...] or "...".
null is as if no lower layer had said anything. FIELD- takes a field out.
IMAGE may be :TAG or @DIGEST alone; CONTAINER is an init container or a sidecar,
or blue, green or canary of a release.

With --env the layer is edited that the value in effect stands in: the service's
own environments.ENV, or environments.ENV.services.SERVICE in kgen.cue. Where
neither has it, it is added to the service's own.

The exit status is 1 when the change is refused, and 2 when kgen could not do
its work; then nothing is written.`,
		Example: `  kgen set image web=ghcr.io/acme/web:1.4.3
  kgen set image web=:1.4.3 --env prod
  kgen set image web/proxy=:2.1.0
  kgen set replicas=3 env.LOG_LEVEL=debug web
  kgen set 'resources.requests={cpu: "100m", memory: "128Mi"}' web
  kgen set replicas- web --env prod
  kgen set image web=:1.4.3 --dry-run`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := errors.Join(o.judge(), o.parse(args), o.judgeDir(c)); err != nil {
				return err
			}
			o.load.Command = c.CommandPath()
			return (&setRun{setOptions: o, operation: operation{process: p}}).run()
		},
	}
	f := c.Flags()
	f.StringVar(&o.env, "env", "", "set it in one `environment`")
	f.StringVar(&o.dir, "project", ".", "`directory` of the project, or in it")
	f.BoolVar(&o.dryRun, "dry-run", false, "write nothing, and print the diff")
	o.bind(f)
	return c
}

// parse reads the arguments, which are all in one of two forms.
func (o *setOptions) parse(args []string) error {
	if len(args) == 0 {
		return errors.New("say what to set: kgen set FIELD=VALUE SERVICE, or kgen set image SERVICE=IMAGE")
	}
	if args[0] == "image" {
		return o.parseImages(args[1:])
	}
	last := len(args) - 1
	service := args[last]
	switch {
	case strings.Contains(service, "=") && !strings.Contains(args[0], "=") && len(args) > 1:
		return fmt.Errorf("kgen set %s: write FIELD=VALUE SERVICE%s", args[0], suggest.Hint(args[0], []string{"image"}))
	case strings.Contains(service, "=") || strings.HasSuffix(service, "-"):
		return fmt.Errorf("the service is missing: kgen set %s SERVICE", strings.Join(args, " "))
	case last == 0:
		return fmt.Errorf("say what to set: kgen set FIELD=VALUE %s", service)
	}
	err := o.parseFields(nil, service, args[:last])
	if noField := (*schema.NoFieldError)(nil); errors.As(err, &noField) && noField.Depth == 0 {
		o.unparsed = args
		return nil
	}
	return err
}

// parseFields reads FIELD=VALUE of fields of kgen, and of the project's own.
func (o *setOptions) parseFields(own *schema.Extension, service string, args []string) error {
	o.settings = nil
	for _, arg := range args {
		setting, err := edit.ParseSetting(own, service, arg)
		if err != nil {
			return err
		}
		o.settings = append(o.settings, setting)
	}
	return edit.JudgeOrder(o.settings)
}

func (o *setOptions) parseImages(args []string) error {
	if len(args) == 0 {
		return errors.New("say which image: kgen set image SERVICE=IMAGE")
	}
	for _, arg := range args {
		setting, err := edit.SetImage(arg)
		if err != nil {
			return err
		}
		o.settings = append(o.settings, setting)
	}
	return edit.JudgeOrder(o.settings)
}

// judgeDir finds the project.
func (o *setOptions) judgeDir(c *cobra.Command) error {
	switch {
	case o.dir == "-":
		return errors.New("--project -: files are edited, and not standard input")
	case o.dir == "":
		return errors.New("--project needs a directory")
	case c.Flags().Changed("env") && o.env == "":
		return errors.New("--env needs an environment")
	}
	if _, err := os.Stat(o.dir); err != nil { // a file may be a service of no project
		return fmt.Errorf("--project %s: %w", filepath.ToSlash(o.dir), atomicfile.Cause(err))
	}
	o.load.Paths = load.Roots([]string{o.dir})
	return nil
}

// run makes the settings, and then prints what came of it.
func (r *setRun) run() error {
	err := r.supervise(&r.loadFlags, r.stderr, r.hasColor(r.isStderrTerminal), func(ctx context.Context) error {
		err := r.operate(ctx)
		var refusal *edit.Refusal
		if errors.As(err, &refusal) {
			r.refuse(refusal.Error(), refusal.Fix)
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.isRefusedHere {
		return errWrong
	}
	return r.print()
}
