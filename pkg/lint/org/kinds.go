package org

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// kinds are what a rule is for; none is every kind.
type kinds struct {
	known []string // as Kind.group
	named []string // of any group
}

// kindsOf reads kinds as people write them: Kind.group, or the kind alone. A kind of
// Kubernetes means that one then; any other is looked for in all groups.
func kindsOf(words []string) (k kinds) {
	for _, word := range words {
		found := groupKindsOf(word)
		switch {
		case strings.Contains(word, "."):
			k.known = append(k.known, word)
		case len(found) > 0:
			k.known = append(k.known, found...)
		default:
			k.named = append(k.named, word)
		}
	}
	return k
}

// groupKindsOf are the kinds of Kubernetes that are called so.
func groupKindsOf(kind string) (found []string) {
	for _, known := range manifest.Kinds() {
		groupKind := lint.GroupKind(known.APIVersion, known.Kind)
		if known.Kind == kind && !slices.Contains(found, groupKind) {
			found = append(found, groupKind)
		}
	}
	return found
}

// have reports whether a kind is among them.
func (k kinds) have(groupKind string) bool {
	return len(k.known)+len(k.named) == 0 || slices.Contains(k.known, groupKind) || slices.Contains(k.named, lint.KindName(groupKind))
}

// exact are the kinds as the linter takes them; none where their groups are not known.
func (k kinds) exact() []string {
	if len(k.named) > 0 {
		return nil
	}
	return k.known
}

// warnOfKinds reports what is a kind but for its capitals: such a rule finds nothing.
func warnOfKinds(words []string, at tree.Path, sink *report.Sink) {
	for i, word := range words {
		name := lint.KindName(word)
		for _, known := range manifest.Kinds() {
			if known.Kind != name && strings.EqualFold(known.Kind, name) {
				sink.Warnf(RuleKind, at.With(i), "there is no kind %s, did you mean %s?", name, known.Kind)
				break
			}
		}
	}
}
