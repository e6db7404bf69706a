package manifests

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/diff"
)

// unordered are lists whose order means nothing: the API has them as maps, by a key, and
// nothing in them speaks of what stands before it.
var unordered = []string{"volumes", "volumeMounts", "ports", "imagePullSecrets"}

// runningPods is where a workload has the template of the pods that run: another order in
// it replaces them. That of a CronJob is elsewhere, and each of its runs makes new ones.
const runningPods = "spec.template."

// isUnordered reports whether the order of a list means nothing.
func isUnordered(path string) bool {
	field := path[strings.LastIndexByte(path, '.')+1:]
	return slices.Contains(unordered, field) && !strings.HasPrefix(path, runningPods)
}

// isSame reports whether a difference is none: two orders of a list that has none, or a
// value that comes to the same in a cluster.
func (c *converter) isSame(want *Object, f *diff.Field) bool {
	if f.Action == diff.Reordered && isUnordered(f.Path) {
		return true
	}
	_, now := f.Shown()
	return slices.ContainsFunc(c.intents[want], func(i intent) bool {
		return i.reason == "" && f.Path == want.Node.Named(i.at) && (now == "" || slices.Contains(i.to, now))
	})
}
