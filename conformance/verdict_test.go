package conformance

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/conformance/mutant"
)

// TestVerdicts demands that kgen accepts exactly what the server accepts, and finds
// fault with the same fields in what it does not.
func TestVerdicts(t *testing.T) {
	server := newServer(t)
	var found differences
	var tally tally
	made := eachMutant(t, server, mutants(t), func(m *mutant.Mutant) {
		answer, opinion := server.Create(m.Text), Judge(m.Text)
		tally.add(m, &answer)
		if what := compare(&answer, &opinion); what != "" && !isAssumed(&answer) {
			found.add(what, describe(m, verdicts(&answer, &opinion)))
		}
	})
	found.report(t, made)
	t.Log(tally.String())
}

// isAssumed reports whether the server refuses what depends on the cluster: that a
// cluster IP is in its range.
func isAssumed(a *Answer) bool {
	return a.Stage == Invalid && strings.Contains(a.Message, "failed to allocate IP") && strings.Contains(a.Message, "range")
}

// compare is how the two differ, empty when they agree.
func compare(a *Answer, o *Opinion) string {
	switch {
	case a.Stage == Accepted:
		if !o.Accepts() {
			return "false reject: " + why(o)
		}
		return ""
	case o.Accepts():
		return fmt.Sprintf("false accept: %s %s", a.Stage, reason(a))
	case a.Stage == Parsing || a.Stage == Decoding:
		if len(o.Fields) > 0 {
			return fmt.Sprintf("decoded what the server does not decode: %s", reason(a))
		}
		return ""
	case o.Unread != "" || len(o.Mistakes) > 0:
		return "did not decode what the server decodes: " + why(o)
	case a.Stage == Invalid:
		server, kgen := inAnyOrder(o, a.Fields), inAnyOrder(o, o.Fields)
		missing, extra := without(server, kgen), without(kgen, server)
		if len(missing)+len(extra) > 0 {
			return fmt.Sprintf("other fields: missing %v, extra %v", anyIndex(missing), anyIndex(extra))
		}
	}
	return ""
}

// inAnyOrder are the paths without what the server itself leaves to chance: among
// the volumes of a StatefulSet's template it counts those of its claim templates,
// in the order of a Go map.
func inAnyOrder(o *Opinion, fields []string) []string {
	if set, ok := o.Object.(*appsv1.StatefulSet); !ok || len(set.Spec.VolumeClaimTemplates) < 2 {
		return fields
	}
	var all []string
	for _, path := range fields {
		all = append(all, templateVolume.ReplaceAllString(path, "spec.template.spec.volumes[]"))
	}
	return all
}

var (
	templateVolume = regexp.MustCompile(`^spec\.template\.spec\.volumes\[\d+\]`)

	index   = regexp.MustCompile(`\[[^\]]*\]`)
	literal = regexp.MustCompile(`"[^"]*"|\b[0-9]+\b`)
)

// anyIndex are paths without their indices, so that those of one rule are alike.
func anyIndex(paths []string) (all []string) {
	for _, path := range paths {
		all = append(all, index.ReplaceAllString(path, "[]"))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// reason is what the server says, without the values.
func reason(a *Answer) string {
	if a.Stage == Invalid {
		return fmt.Sprint(anyIndex(a.Fields))
	}
	return literal.ReplaceAllString(cut(a.Message, 150), "_")
}

func why(o *Opinion) string {
	switch {
	case o.Unread != "":
		return "reading: " + literal.ReplaceAllString(o.Unread, "_")
	case len(o.Mistakes) > 0:
		return "decoding: " + literal.ReplaceAllString(o.Mistakes[0].Message, "_")
	}
	return fmt.Sprint(anyIndex(o.Fields))
}

func cut(text string, at int) string {
	if len(text) > at {
		return text[:at]
	}
	return text
}

func without(all, some []string) (rest []string) {
	for _, s := range all {
		if !slices.Contains(some, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

func verdicts(a *Answer, o *Opinion) string {
	return fmt.Sprintf("  server: %s %v %s\n  kgen:   %s%v %v %s", a.Stage, a.Fields, cut(a.Message, 600), o.Unread, o.Mistakes, o.Fields, cut(o.Message, 600))
}

// tally counts the mutants by what the server says, and by class.
type tally struct {
	stages  map[Stage]int
	classes map[string][2]int // all, and those accepted
}

func (n *tally) add(m *mutant.Mutant, a *Answer) {
	if n.stages == nil {
		n.stages, n.classes = map[Stage]int{}, map[string][2]int{}
	}
	n.stages[a.Stage]++
	for _, step := range m.Steps {
		count := n.classes[step.Class]
		count[0]++
		if a.Stage == Accepted {
			count[1]++
		}
		n.classes[step.Class] = count
	}
}

func (n *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "accepted %d, parsing %d, decoding %d, admission %d, invalid %d, storing %d, panicking %d\n", n.stages[Accepted], n.stages[Parsing],
		n.stages[Decoding], n.stages[Admission], n.stages[Invalid], n.stages[Storing], n.stages[Panicking])
	names := mutant.Classes()
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, "  %-14s %5d, accepted %d\n", name, n.classes[name][0], n.classes[name][1])
	}
	return b.String()
}
