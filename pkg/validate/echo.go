package validate

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

const (
	noMatch      = "`selector` does not match template `labels`"
	notGenerated = "`selector` not auto-generated"
	prefixed     = "batch.kubernetes.io/"
	controllerID = "controller-uid"
	jobName      = "job-name"
)

// echoes are words of the server that only say again, of the same value, what
// others say.
var echoes = []struct{ text, of string }{
	{"name part must consist of", "name part must be non-empty"},
	{"prefix part a lowercase RFC 1123 subdomain", "prefix part must be non-empty"},
}

// isEcho reports whether a problem at a path says what another says too.
func (w *whole) isEcho(p *Problem, at tree.Path) bool {
	isSaid := func(text string) func(*Problem) bool {
		return func(other *Problem) bool { return strings.Contains(other.Message, text) }
	}
	isMissing := func(other *Problem) bool { return other.ID == Required }
	here := w.at[at.String()]
	switch {
	case p.ID != Required && w.root.At(at) == nil && slices.ContainsFunc(here, isMissing):
		return true // what is missing is wrong as well
	case strings.HasSuffix(p.Message, "invalid label selector"):
		return w.isToldBelow(at)
	case w.isOfGeneratedLabels(p, at):
		return true
	case strings.HasSuffix(p.Message, noMatch):
		selector := selectorFor(at)
		return w.root.At(selector) == nil && slices.ContainsFunc(w.at[selector.String()], isMissing)
	}
	for _, e := range echoes {
		if strings.Contains(p.Message, e.text) && slices.ContainsFunc(here, isSaid(e.of)) {
			return true
		}
	}
	return false
}

// isOfGeneratedLabels reports whether a problem follows from the labels that the
// server gave to a job elsewhere, under an old name and a new one, and selects by.
func (w *whole) isOfGeneratedLabels(p *Problem, at tree.Path) bool {
	if textAt(w.root, "kind") != "Job" {
		return false
	}
	labels := tree.P("spec", "template", "metadata", "labels")
	isTold := slices.ContainsFunc(w.at["spec.selector"], func(p *Problem) bool { return strings.HasSuffix(p.Message, notGenerated) })
	isPrefixedTold := len(w.at[labels.With(prefixed+controllerID).String()]) > 0
	switch key := lastKey(at); {
	case !labels.IsAlong(at) || len(at) < len(labels):
		return false
	case key == prefixed+controllerID:
		return isTold
	case key == controllerID, key == jobName, key == prefixed+jobName, strings.HasSuffix(p.Message, noMatch):
		return isTold || isPrefixedTold
	}
	return false
}

// isToldBelow reports whether something is said of what lies below a path.
func (w *whole) isToldBelow(at tree.Path) bool {
	return slices.ContainsFunc(w.paths, func(p tree.Path) bool { return len(p) > len(at) && at.IsAlong(p) })
}

// selectorFor is the path of the selector that finds the pods with the labels at a
// path, spec.template.metadata.labels.
func selectorFor(at tree.Path) tree.Path {
	return at[:max(0, len(at)-len(tree.P("template", "metadata", "labels")))].With("selector")
}

// help says how to mend what only the manifest can tell.
func (w *whole) help(p *Problem) {
	spec := w.root.Get("spec")
	isSelectorMissing := p.ID == Required && p.Field == "spec.selector" && spec.Get("template") != nil
	switch {
	case isSelectorMissing, strings.Contains(p.Message, "empty selector is invalid"),
		strings.HasSuffix(p.Message, noMatch) && spec.Get("selector") == nil:
		p.Fix = selectBy(spec.At(tree.P("template", "metadata", "labels")))
	case strings.HasSuffix(p.Message, notGenerated) && isGenerated(spec.At(tree.P("selector", "matchLabels"))):
		p.Fix = "exported from a cluster: remove spec.selector and the labels controller-uid and job-name, which the server gives"
	case strings.HasSuffix(p.Message, notGenerated):
		p.Fix = "remove spec.selector, which the server makes, or add manualSelector: true"
	}
}

// usual are the labels that pods are mostly selected by.
var usual = []string{"app.kubernetes.io/name", "app", "k8s-app", "name"}

// selectBy says how to select the pods that have some labels.
func selectBy(labels *tree.Node) string {
	if labels == nil || labels.Kind != tree.Map || len(labels.Fields) == 0 {
		return "give the pods a label under template.metadata.labels, and repeat it under selector.matchLabels"
	}
	key := labels.Fields[0].Key
	if i := slices.IndexFunc(usual, func(key string) bool { return labels.Get(key) != nil }); i >= 0 {
		key = usual[i]
	}
	return "repeat under selector.matchLabels the label " + key + " of template.metadata.labels"
}

// isGenerated reports whether labels that a job selects by were made by a server.
func isGenerated(labels *tree.Node) bool {
	return labels.Get(controllerID) != nil || labels.Get(prefixed+controllerID) != nil
}
