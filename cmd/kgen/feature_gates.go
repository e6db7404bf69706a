package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// chooseGates reads what --feature-gates says.
func (r *validateRun) chooseGates() error {
	var errs []error
	for _, text := range r.gates {
		for _, setting := range strings.Split(text, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(setting), "=")
			on, err := strconv.ParseBool(value)
			switch {
			case err != nil:
				errs = append(errs, fmt.Errorf("--feature-gates %q: expected Name=true or Name=false", setting))
			case !versions.IsGate(name):
				errs = append(errs, fmt.Errorf("--feature-gates: no manifest depends on a feature gate %q%s", name, suggest.Hint(name, versions.GateNames())))
			default:
				r.load.FeatureGates = append(r.load.FeatureGates, schema.Entry[bool]{Key: name, Value: on})
			}
		}
	}
	return errors.Join(errs...)
}

// refuseGates refuses gates that a target cannot have so.
func (r *validateRun) refuseGates() error {
	gates := r.load.FeatureGates.Plain()
	if gates == nil {
		return nil
	}
	var minors []int
	for _, in := range r.set.Inputs {
		minors = append(minors, in.Release.Minor)
	}
	for _, l := range r.loaded {
		for _, e := range l.project.Environments {
			minors = append(minors, e.World.Kubernetes.Minor)
		}
	}
	slices.Sort(minors)
	var errs []error
	for _, minor := range slices.Compact(minors) {
		before := len(errs)
		for _, name := range slices.Sorted(maps.Keys(gates)) {
			if reason := apiserver.Refusal(minor, name, gates[name]); reason != "" {
				errs = append(errs, fmt.Errorf("--feature-gates %s=%v: %s", name, gates[name], reason))
			}
		}
		if err := apiserver.As(apiserver.Release{Minor: minor, Gates: gates}, func() {}); err != nil && len(errs) == before {
			errs = append(errs, fmt.Errorf("--feature-gates: %w", err)) // they contradict each other
		}
	}
	return errors.Join(errs...)
}
