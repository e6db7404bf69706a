package versions

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// Nearest says what was probably meant by an apiVersion and kind that no release
// has: the end of a message, `, did you mean kind "Deployment"?`, or nothing.
// isBuiltIn is whether Kubernetes itself must have it, so that it is a mistake: its
// group is one of Kubernetes, has no dot (custom resources must have one), or is one
// slip away from a group of Kubernetes that has the kind.
func Nearest(apiVersion, kind string) (hint string, isBuiltIn bool) {
	group := groupOf(apiVersion)
	switch {
	case isGroup(group):
	case !strings.Contains(group, "."):
		group = groupMeant(group)
	default:
		group = suggest.Nearest(group, groups())
		if group == "" || bestOf(group, kind) == "" {
			return "", false
		}
	}
	if best := cmp.Or(bestOf(group, kind), bestOf(anyGroup, kind)); best != "" {
		return `, did you mean apiVersion "` + best + `"?`, true
	}
	for _, g := range []string{group, anyGroup} {
		nearest := suggest.Nearest(kind, kindsOf(g))
		switch best := bestOf(g, nearest); best {
		case "": // nothing is near
		case apiVersion:
			return `, did you mean kind "` + nearest + `"?`, true
		default:
			return `, did you mean kind "` + nearest + `" of "` + best + `"?`, true
		}
	}
	return "", true
}

// HasKind reports whether Kubernetes has a kind in a group; without isInGroup, in any.
func HasKind(group, kind string, isInGroup bool) bool {
	if !isInGroup {
		group = anyGroup
	}
	return bestOf(group, kind) != ""
}

// IsGroup reports whether a group is of Kubernetes itself.
func IsGroup(group string) bool { return isGroup(group) }

// anyGroup stands for all API groups.
const anyGroup = "*"

// groupMeant is the group of Kubernetes that a name without a dot is short for, as
// rbac is for rbac.authorization.k8s.io, or a slip of; "" is the core group.
func groupMeant(name string) string {
	all := groups()
	for _, g := range all {
		if strings.HasPrefix(g, name+".") {
			return g
		}
	}
	return suggest.Nearest(name, all)
}

// groups are the API groups of the table, without the core group.
func groups() (found []string) {
	for i := range lifecycles {
		g := groupOf(lifecycles[i].apiVersion)
		if g != "" && (len(found) == 0 || found[len(found)-1] != g) { // the table is sorted
			found = append(found, g)
		}
	}
	return found
}

func isGroup(group string) bool { return group == "" || slices.Contains(groups(), group) }

// bestOf is the best API version of a group that still has a kind; "" is none.
func bestOf(group, kind string) (best string) {
	for i := range lifecycles {
		r := &lifecycles[i]
		if r.kind == kind && r.isCurrent(group) && (best == "" || isBetter(r.apiVersion, best)) {
			best = r.apiVersion
		}
	}
	return best
}

// kindsOf are the kinds that a group still has.
func kindsOf(group string) (kinds []string) {
	for i := range lifecycles {
		if r := &lifecycles[i]; r.isCurrent(group) {
			kinds = append(kinds, r.kind)
		}
	}
	return kinds
}

// isCurrent reports whether a row is of a group and served by Newest.
func (r *lifecycleRow) isCurrent(group string) bool {
	return (group == anyGroup || groupOf(r.apiVersion) == group) && r.life.In(Newest)
}
