package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/schema"
)

// versionInfo is what kgen version --format json prints.
type versionInfo struct {
	Version    string             `json:"version"`
	Go         string             `json:"go"`
	Platform   string             `json:"platform"`
	CUE        string             `json:"cue"`
	Kubernetes kubernetesVersions `json:"kubernetes"`
}

// kubernetesVersions are the releases that may be rendered for.
type kubernetesVersions struct {
	Default   string   `json:"default"`
	Supported []string `json:"supported"`
}

func newVersion(p *process) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "version",
		Short: "Print kgen's version and the Kubernetes versions that it knows",
		Example: `  kgen version
  kgen version --format json`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			var text []byte
			var err error
			switch info := thisVersion(); format {
			case "text":
				text = []byte(info.text())
			case "json":
				text, err = json.MarshalIndent(info, "", "  ")
				text = append(text, '\n')
			default:
				return fmt.Errorf("--format: unknown format %q%s; the formats are text, json",
					format, suggest.Hint(format, []string{"text", "json"}))
			}
			if err == nil {
				_, err = p.stdout.Write(text)
			}
			if err != nil {
				return fmt.Errorf("write standard output: %w", err)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "`format`: text or json")
	return c
}

// line is what kgen --version prints.
func (v versionInfo) line() string {
	return fmt.Sprintf("kgen %s (%s, %s)", v.Version, v.Go, v.Platform)
}

// printVersion is kgen --version.
func printVersion(p *process) error {
	if _, err := fmt.Fprintln(p.stdout, thisVersion().line()); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}

// text has the line of kgen --version, and then the rest.
func (v versionInfo) text() string {
	releases := v.Kubernetes.Supported
	return fmt.Sprintf("%s\nKubernetes %s to %s\nKubernetes %s by default\nCUE %s\n",
		v.line(), releases[0], releases[len(releases)-1], v.Kubernetes.Default, v.CUE)
}

func thisVersion() versionInfo {
	v := versionInfo{
		Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, CUE: moduleVersion("cuelang.org/go"),
		Kubernetes: kubernetesVersions{Supported: schema.KubernetesVersions()},
	}
	v.Kubernetes.Default = v.Kubernetes.Supported[len(v.Kubernetes.Supported)-1]
	return v
}

// version is the module version that the binary was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// moduleVersion is the version of a module in the binary; "unknown" where it was
// built without modules.
func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return cmp.Or(m.Version, "unknown")
		}
	}
	return "unknown"
}
