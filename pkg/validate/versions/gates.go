package versions

import (
	"slices"
	"strings"
)

// gate is a feature gate of the API server that decides about manifests: which
// fields the server keeps, or how it judges them.
type gate struct {
	name  string
	since int // the minor release that has the gate first; 0: all have it
	on    int // the minor release from which it is on by default; 0: none so far
}

// IsGateOn reports whether a feature gate is on in release 1.minor: as gates says,
// which are those set on the server, else by the release's default. A gate that
// decides about no manifest is off.
func IsGateOn(name string, minor int, gates map[string]bool) bool {
	if on, isSet := gates[name]; isSet {
		return on
	}
	g := gateNamed(name)
	return g != nil && g.on != 0 && minor >= g.on
}

// IsGate reports whether a feature gate decides about manifests.
func IsGate(name string) bool { return gateNamed(name) != nil }

// GateNames are the gates that decide about manifests, sorted.
func GateNames() []string {
	names := make([]string, len(gates))
	for i := range gates {
		names[i] = gates[i].name
	}
	return names
}

func gateNamed(name string) *gate {
	i, found := slices.BinarySearchFunc(gates, name, func(g gate, name string) int { return strings.Compare(g.name, name) })
	if !found {
		return nil
	}
	return &gates[i]
}
