// Package lint says of manifests what the API server lets pass and a cluster
// suffers from: rules within one object and across all of them.
package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
)

// Profile says when a rule runs without being asked for by name.
type Profile uint8

// The profiles, each with all rules of those before it.
const (
	// Default is for what breaks, or pages someone.
	Default Profile = iota
	// Strict is for hygiene.
	Strict
	// Off rules run where they are enabled, or by one of their groups.
	Off
)

// Rule is one thing that is looked for. Exactly one of Check, CheckWorkload and
// CheckContainer is set.
type Rule struct {
	ID       string
	Severity report.Severity // of most findings
	Profile  Profile
	Groups   []string // sets of rules chosen together: pss-baseline, pss-restricted
	Kinds    []string // what Check looks at, as Kind.group; empty is every kind
	Params   []Param
	// Refused is set where the API server refuses it as well: of a value that its verdict
	// names nothing more is said. It still finds it in what cannot be decoded.
	Refused bool
	// Warned are words of the warnings of the API server that say the same: the rule
	// speaks in their stead, and can be ignored.
	Warned []string
	// Covers are rules that say less of the same value: where it finds something there, and
	// nothing less severe, they are not heard.
	Covers []string
	// SkipsTests is set of rules about what stays up and is reached, which the test of a
	// chart need not.
	SkipsTests bool
	// Fixable is set where kgen lint --fix mends some of the findings, or all.
	Fixable bool
	Doc     Doc

	// Check looks at an object of Kinds.
	Check func(o *Object, all *Index, r *Reporter)
	// CheckWorkload looks at what makes pods, of any kind; where Kinds is set, of those.
	CheckWorkload func(w *Workload, all *Index, r *Reporter)
	// CheckContainer looks at each container of a workload: app containers, sidecars,
	// init and ephemeral ones.
	CheckContainer func(c *Container, all *Index, r *Reporter)

	isAboutIgnores bool
}

// Doc explains a rule, in sentences without a full stop.
type Doc struct {
	Title string // what is wrong: "autoscaling target leaves no headroom"
	Why   string // the incident it prevents
	Fix   string // what to do
	// Before is what Bad and Good were before, for rules about changes; else empty.
	Before    string
	Bad, Good string // manifests, of several documents where the rule looks across objects
	// Notes are exceptions and what is not looked at, a sentence each; may be empty.
	Notes []string
}

// Param is a parameter of a rule. The type of Default, which is int, bool, string or
// []string, is that of the values it takes.
type Param struct {
	Name    string
	Default any
	Doc     string
	// OneOf are the words that it takes, or a list of which are its elements; empty is any.
	OneOf []string
	// Least and Most bound a number; Most of 0 is no bound.
	Least, Most int
	// Check, where it is set, says what is wrong with a text, or an element of a list.
	Check func(text string) error
}
