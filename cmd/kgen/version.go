package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/schema"
)

func newVersion(p *process) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print kgen's version and the Kubernetes versions that it knows",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.stdout, "kgen %s (%s, %s/%s)\nKubernetes 1.%d to 1.%d\n",
				version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, schema.OldestKubernetes, schema.NewestKubernetes)
			return err
		},
	}
}

// version is the module version that the binary was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
