package versions

import (
	"cmp"
	"slices"
	"strings"
)

// Lifecycle is when Kubernetes serves a kind in an API version. Numbers are minor
// releases 1.N.
type Lifecycle struct {
	Introduced int
	Deprecated int // 0: not deprecated
	Removed    int // the first release without it; 0: not planned
	// Replacement is the apiVersion to use instead, with a kind where that has
	// another name, or a few words where it is no kind at all. Empty: none.
	Replacement string
}

// In reports whether release 1.minor serves it. Alpha versions, and beta versions
// since 1.24, besides need to be turned on in the cluster.
func (l Lifecycle) In(minor int) bool {
	return l.Introduced <= minor && (l.Removed == 0 || minor < l.Removed)
}

// lifecycleRow is the life of one kind of one API version.
type lifecycleRow struct {
	apiVersion, kind string
	life             Lifecycle
}

func (r lifecycleRow) compare(apiVersion, kind string) int {
	return cmp.Or(strings.Compare(r.apiVersion, apiVersion), strings.Compare(r.kind, kind))
}

// LifecycleOf returns the life of a kind of Kubernetes itself, under its apiVersion
// as manifests have it: "networking.k8s.io/v1beta1". The source is the lifecycle
// that the types of k8s.io/api declare.
func LifecycleOf(apiVersion, kind string) (Lifecycle, bool) {
	i, found := slices.BinarySearchFunc(lifecycles, kind, func(r lifecycleRow, kind string) int { return r.compare(apiVersion, kind) })
	if !found {
		return Lifecycle{}, false
	}
	return lifecycles[i].life, true
}

// Served returns the best apiVersion that release 1.minor serves a kind in, other
// than apiVersion: that of its group, or the one that it moved to or came from;
// "" where there is none.
func Served(kind, apiVersion string, minor int) string {
	life, _ := LifecycleOf(apiVersion, kind)
	group := groupOf(apiVersion)
	best := ""
	for i := range lifecycles {
		r := &lifecycles[i]
		if r.kind != kind || r.apiVersion == apiVersion || !r.life.In(minor) {
			continue
		}
		related := groupOf(r.apiVersion) == group || r.apiVersion == life.Replacement || r.life.Replacement == apiVersion
		if related && (best == "" || isBetter(r.apiVersion, best)) {
			best = r.apiVersion
		}
	}
	return best
}

// Replacement is what to use instead of an API version of a kind in release
// 1.minor: what the API names, unless the release does not serve that; "" where
// there is nothing.
func Replacement(apiVersion, kind string, minor int) string {
	life, found := LifecycleOf(apiVersion, kind)
	if !found {
		return ""
	}
	if next, isKind := LifecycleOf(life.Replacement, kind); isKind && !next.In(minor) || life.Replacement == "" {
		return Served(kind, apiVersion, minor)
	}
	return life.Replacement
}

// groupOf is the API group of an apiVersion; "" is the core group.
func groupOf(apiVersion string) string {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		return ""
	}
	return group
}

// isBetter reports whether the version of a is to be preferred to that of b: GA to
// beta to alpha, then the higher number.
func isBetter(a, b string) bool {
	a, b = a[strings.LastIndexByte(a, '/')+1:], b[strings.LastIndexByte(b, '/')+1:]
	if c := cmp.Compare(stability(a), stability(b)); c != 0 {
		return c > 0
	}
	return a > b // v2 over v1, v1beta2 over v1beta1
}

func stability(version string) int {
	switch {
	case strings.Contains(version, "alpha"):
		return 0
	case strings.Contains(version, "beta"):
		return 1
	default:
		return 2
	}
}
