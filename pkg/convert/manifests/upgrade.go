package manifests

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// upgrade brings an object into the API version that kgen renders, or that the release
// serves, and reports it. One that no release serves any more is left out.
func (in *input) upgrade(o *Object) bool {
	was := o.APIVersion
	life, isKnown := versions.LifecycleOf(was, o.Kind)
	switch {
	case was == "autoscaling/v1" && o.Kind == "HorizontalPodAutoscaler": // it is served, and says less
		in.to(o, "autoscaling/v2", scalerFromV1(o))
		return true
	case manifest.KindOf(was, o.Kind) != nil, !isKnown:
		return true
	}
	next := versions.Served(o.Kind, was, in.minor)
	switch {
	case next == "" && life.In(in.minor):
		return true
	case next == "":
		in.wrong(o, "Kubernetes has no %s since 1.%d%s; it is left out", o.Kind, life.Removed, instead(life))
		return false
	case o.Kind == "CustomResourceDefinition" && was != "apiextensions.k8s.io/v1":
		in.wrong(o, "%s is gone since Kubernetes 1.%d, and v1 demands a schema: rewrite it by hand; it is left out", was, life.Removed)
		return false
	}
	in.to(o, next, changes[o.Kind].from(o, was))
	return true
}

func instead(life versions.Lifecycle) string {
	if life.Replacement == "" {
		return ""
	}
	return ", there is " + life.Replacement
}

// to gives an object another API version and tells of it; beside is what else changes.
func (in *input) to(o *Object, next, beside string) {
	was := o.APIVersion
	life, _ := versions.LifecycleOf(was, o.Kind)
	message := was + " becomes " + next
	if life.Removed != 0 {
		message += fmt.Sprintf(", for it is gone since Kubernetes 1.%d", life.Removed)
	}
	if beside != "" {
		message += "; " + beside
	}
	o.Node.Get("apiVersion").Text = next
	o.APIVersion = next
	in.add(convert.Changed, o, tree.P("apiVersion"), "%s", message)
}

// change is what a kind needs besides another apiVersion; it says what the object comes to.
type change func(o *Object, was string) (beside string)

func (c change) from(o *Object, was string) string {
	if c == nil {
		return ""
	}
	return c(o, was)
}

// changes are by kind; other kinds are the same in all versions, or fields that they
// lose are reported as such.
var changes = map[string]change{
	"Deployment":              workloadFrom,
	"DaemonSet":               workloadFrom,
	"StatefulSet":             workloadFrom,
	"ReplicaSet":              workloadFrom,
	"Ingress":                 ingressFrom,
	"HorizontalPodAutoscaler": scalerFrom,
	"PodDisruptionBudget":     budgetFrom,
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// budgetFrom: an empty selector meant no pods in policy/v1beta1, and means all in v1.
func budgetFrom(o *Object, _ string) string {
	selector := o.Node.At(tree.P("spec", "selector"))
	if selector != nil && selector.Kind == tree.Map && len(selector.Fields) == 0 {
		return "its spec.selector, which is empty, finds all pods now, and none before"
	}
	return ""
}
