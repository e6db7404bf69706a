package main

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/load"
)

// loadFlags are the flags of every command that reads services.
type loadFlags struct {
	load    load.Options
	timeout time.Duration // of the evaluation of one CUE file
}

func (l *loadFlags) bind(f *pflag.FlagSet) {
	f.DurationVar(&l.timeout, "timeout", 10*time.Second, "longest evaluation of one CUE file")
	f.IntVarP(&l.load.Workers, "workers", "j", 0, "`number` of files worked on at once; 0 is one a processor")
}

// judge refuses values that say nothing.
func (l *loadFlags) judge() error {
	switch {
	case l.timeout <= 0:
		return fmt.Errorf("--timeout %s: it has to be more than nothing", l.timeout)
	case l.load.Workers < 0:
		return fmt.Errorf("--workers %d: it cannot be negative", l.load.Workers)
	}
	return nil
}
