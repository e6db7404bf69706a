// Package versions knows which release of Kubernetes serves an API version, has a
// field, and has a feature gate on. Its tables are facts about the releases, made
// by conformance/tables; what no table of Kubernetes says is written by hand, with
// its source.
package versions

//go:generate go run -C ../../../conformance ./tables -shared ../../shared -out ../pkg/validate/versions

// Oldest and Newest are the minor releases 1.N that the tables cover. The API is
// that of Newest: the Go types are k8s.io/api v0.36.
const (
	Oldest = 29
	Newest = 36
)
