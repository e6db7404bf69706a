package manifests

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// podTemplate leads to the template of the pods that an object makes; it is empty of a
// pod, which is its own, and nil of what makes none.
func podTemplate(o *Object) tree.Path {
	switch o.Kind {
	case "CronJob":
		return tree.P("spec", "jobTemplate", "spec", "template")
	case "Pod":
		return tree.Path{}
	}
	if templatePaths(o) == nil {
		return nil
	}
	return tree.P("spec", "template")
}

// makesPods reports whether an object is, or makes, pods.
func makesPods(o *Object) bool { return podTemplate(o) != nil }

// podLabelsOf are the labels of the pods that an object makes.
func podLabelsOf(o *Object) labels.Set { return labelsAt(o.Node, podTemplate(o).With("metadata")) }

// labelsAt are the labels in a metadata.
func labelsAt(n *tree.Node, metadata tree.Path) labels.Set {
	set := labels.Set{}
	found := n.At(metadata.With("labels"))
	for _, key := range keys(found) {
		set[key] = found.Get(key).Text
	}
	return set
}

// selectorAt is the selector at a path: a LabelSelector, or labels alone where isPlain.
// It is nil where there is none, or one that finds everything.
func selectorAt(n *tree.Node, at tree.Path, isPlain bool) labels.Selector {
	found := n.At(at)
	if found == nil || found.Kind != tree.Map || len(found.Fields) == 0 {
		return nil
	}
	var selector metav1.LabelSelector
	if isPlain {
		found = mapNode(found.Pos, "matchLabels", found)
	}
	if len(tree.Decode(found, &selector)) > 0 {
		return nil
	}
	made, err := metav1.LabelSelectorAsSelector(&selector)
	if err != nil || made.Empty() {
		return nil
	}
	return made
}
