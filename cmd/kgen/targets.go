package main

import (
	"fmt"
	"slices"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
)

// target is a release asked for by a flag.
type target struct {
	version string // "1.33"
	minor   int
}

func (r *validateRun) chooseTargets() error {
	for _, text := range r.versions {
		version, err := load.ParseVersion(text)
		if err != nil {
			return fmt.Errorf("--kubernetes-version: %w", err)
		}
		t := target{version: fmt.Sprintf("1.%d", version.Minor), minor: version.Minor}
		if !slices.Contains(r.targets, t) {
			r.targets = append(r.targets, t)
		}
	}
	return nil
}

// labelled names the target in findings where there are several.
func (r *validateRun) labelled(findings []report.Finding, t target) []report.Finding {
	if len(r.targets) < 2 {
		return findings
	}
	for i := range findings {
		environments := findings[i].Environments
		if len(environments) == 0 {
			findings[i].Environments = []string{t.String()}
			continue
		}
		labels := make([]string, len(environments))
		for j, name := range environments {
			labels[j] = name + " on " + t.String()
		}
		findings[i].Environments = labels
	}
	return findings
}

// targetsOr are the targets asked for, else one.
func (r *validateRun) targetsOr(t target) []target {
	if len(r.targets) > 0 {
		return r.targets
	}
	return []target{t}
}

func (t target) String() string { return "Kubernetes " + t.version }
