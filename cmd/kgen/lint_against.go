package main

import (
	"errors"
	"fmt"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
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
	r := manifestReader{take: func(o *lint.Object) { l.before = append(l.before, o) }}
	for _, file := range inputs.Manifests {
		if err := r.file(file); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	if len(l.before) == 0 {
		return fmt.Errorf("--against %s: no manifests in it", l.against)
	}
	return nil
}
