package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/convert/compose"
	"github.com/kgen-dev/kgen/schema"
)

func newImportCompose(p *process) *cobra.Command {
	o, from := &importOptions{}, compose.Options{}
	var sizes []string
	c := &cobra.Command{
		Use:   "compose [FILE...]",
		Short: "Make services of compose files",
		Long: `Make a project of compose files: later ones go over earlier ones, as docker compose
reads them, with .env beside the first. FILE may be - for standard input, or a
directory; without one, COMPOSE_FILE and the names that docker compose looks for in the
working directory say which it is.

The report says what became of each key: kept, changed, dropped, or left to you
(to do). Values that look like secrets become secrets that come from variables at
render time. How large a volume is no compose file says: --volume-size does, for all
or for one.

The exit status is 1 when something in the files is wrong, or is left to you.`,
		Example: `  kgen import compose compose.yaml -o shop --volume-size 10Gi
  kgen import compose compose.yaml compose.prod.yaml -o shop --volume-size db=20Gi
  kgen import compose compose.yaml --volume-size 10Gi --dry-run --all`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.judgeImport(slices.Concat(args, []string{"."})); err != nil {
				return err
			}
			from.Files, from.Stdin, from.LookupEnv = args, p.stdin, p.lookupEnv
			from.VolumeSizes = map[string]string{}
			for _, size := range sizes {
				if err := takeSize(&from, size); err != nil {
					return err
				}
			}
			r := &importRun{operation: operation{process: p}, importOptions: o, inherent: compose.Inherent}
			r.read = func(context.Context) ([]importedProject, error) {
				draft, err := compose.Convert(from)
				if err != nil {
					return nil, err
				}
				return []importedProject{{".", draft}}, nil
			}
			return r.run()
		},
	}
	f := c.Flags()
	f.StringArrayVar(&from.Profiles, "profile", nil, "import the services of this `profile` too; * is all")
	f.StringArrayVar(&from.EnvFiles, "env-file", nil, "read variables from this `file`, in the place of .env")
	f.StringArrayVar(&sizes, "volume-size", nil, "`size` of volumes, 10Gi, or of one, data=10Gi")
	o.bindImport(f)
	return c
}

// takeSize reads a --volume-size.
func takeSize(o *compose.Options, text string) error {
	name, size, isOne := strings.Cut(text, "=")
	if !isOne {
		name, size = "", text
	}
	if q, ok := schema.ParseQuantity(size); !ok || q.Sign() <= 0 || isOne && name == "" {
		return fmt.Errorf("--volume-size %s: a size as 10Gi, or one of a volume as data=10Gi", text)
	}
	if isOne {
		o.VolumeSizes[name] = size
	} else {
		o.VolumeSize = size
	}
	return nil
}
