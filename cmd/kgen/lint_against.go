package main

import (
	"errors"
	"fmt"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// readBefore reads the manifests that --against names. What cannot be read of them is
// passed over: they were applied, and are not what is linted.
func (l *linter) readBefore(options load.Options) error {
	switch l.against {
	case "":
		return nil
	case "-":
		return errors.New("--against -: standard input is for what is to be linted")
	}
	options.Paths, options.Stdin = []string{l.against}, nil
	inputs, err := load.FindInputs(options)
	if err != nil {
		return fmt.Errorf("--against: %w", err)
	}
	for _, file := range inputs.Manifests {
		pieces, err := read.ManifestFile(file)
		if err != nil {
			return fmt.Errorf("--against: %w", err)
		}
		if err := pieces.Documents(load.SourceOf(file), &report.Sink{}, l.takeBefore); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	if len(l.before) == 0 {
		return fmt.Errorf("--against %s: no manifests in it", l.against)
	}
	return nil
}

// takeBefore takes the objects of a document.
func (l *linter) takeBefore(document *tree.Node) {
	validate.Elements(document, func(n *tree.Node) {
		if n.At(tree.P("apiVersion")) != nil && n.At(tree.P("kind")) != nil {
			l.before = append(l.before, lint.FromNode(n, ""))
		}
	})
}
