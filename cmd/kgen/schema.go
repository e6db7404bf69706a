package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/jsonschema"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

// schemaNames are the words for the documents that there is a JSON Schema of, in the
// order of schema.Documents.
var schemaNames = []string{"service", "project", "config"}

// schemaOptions are the flags of kgen schema.
type schemaOptions struct {
	loadFlags
	dir string
}

func newSchema(p *process) *cobra.Command {
	o := &schemaOptions{}
	c := &cobra.Command{
		Use:   "schema [service|project|config]",
		Short: "Print the JSON Schema of service files, of kgen.cue or of .kgen.yaml",
		Long: `Print a JSON Schema, draft-07, by which an editor completes, explains and checks
files as they are typed: of services in YAML or JSON (service, also by default), of
a project, kgen.cue as data (project), or of .kgen.yaml (config). It needs no
project; in one, the fields that #Service in kgen.cue adds to services are in it.
What only a whole project can tell, kgen render tells.`,
		Example: `  kgen schema
  kgen schema config`,
		ValidArgs: schemaNames,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("schema takes one of service, project and config, not %d words", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			document, err := documentNamed(args)
			if err != nil {
				return err
			}
			own, err := o.ownFields(p, document)
			if err != nil {
				return err
			}
			text, err := jsonschema.Of(document, own).JSON()
			if err != nil {
				return err
			}
			if _, err := p.stdout.Write(text); err != nil {
				return fmt.Errorf("write the JSON Schema: %w", err)
			}
			return nil
		},
	}
	c.Flags().StringVar(&o.dir, "project", ".", "`directory` of the project, or in it")
	o.bind(c.Flags())
	return c
}

// ownFields are those that the project here adds to services; a file that the linter alone
// reads has none.
func (o *schemaOptions) ownFields(p *process, document schema.Document) (*schema.Extension, error) {
	if document == schema.ConfigDocument {
		return nil, nil
	}
	if _, err := projectIn(o.dir); err != nil {
		return nil, err
	}
	if err := o.judge(); err != nil {
		return nil, err
	}
	return ownFields(p, &o.loadFlags, o.dir, p.stderr)
}

// documentNamed is the document that the argument names; without one a service.
func documentNamed(args []string) (schema.Document, error) {
	if len(args) == 0 {
		return schema.ServiceDocument, nil
	}
	for i, name := range schemaNames {
		if name == args[0] {
			return schema.Documents[i], nil
		}
	}
	hint := suggest.Hint(args[0], schemaNames)
	if hint == "" {
		hint = ": one of service, project and config"
	}
	return 0, fmt.Errorf("there is no schema %q%s", args[0], hint)
}
