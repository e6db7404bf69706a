package manifests

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var metadataPath = tree.P("metadata")

// selectorOf is what an object finds pods, or Services, by; nil for none or all.
func selectorOf(o *Object) labels.Selector {
	switch o.Kind {
	case "Service":
		return selectorAt(o.Node, tree.P("spec", "selector"), true)
	case "NetworkPolicy":
		return selectorAt(o.Node, tree.P("spec", "podSelector"), false)
	}
	return selectorAt(o.Node, tree.P("spec", "selector"), false)
}

// tellAbsent reports an object that another names and the input does not have. Secrets
// are seldom among manifests, and kgen takes what is declared to exist.
func (c *converter) tellAbsent(o *Object, r reference) {
	outcome := convert.ToDo
	if r.kind == "Secret" || r.kind == "ConfigMap" {
		outcome = convert.Debt
	}
	c.tellAs(outcome, o, r.at, "the input has no %s %s: it has to be in the cluster already", r.kind, r.name)
}

// tellDangling reports what objects name and the input does not have.
func (c *converter) tellDangling() {
	for _, o := range c.objects {
		told := map[string]bool{}
		for _, r := range c.index().references[o] {
			if k := key(r.kind, r.name); !told[k] && c.isDangling(r) && !c.isToBeMade(o, r) {
				told[k] = true
				c.tellAbsent(o, r)
			}
		}
		for _, s := range subjects(o, c.namespace) {
			if c.isDangling(s) {
				c.tell(o, s.at, "the input has no %s %s: it has to be in the cluster already", s.kind, s.name)
			}
		}
		c.tellInner(o)
		c.tellSelector(o)
		c.tellUnserved(o)
	}
}

// isToBeMade reports whether kgen makes what is named: the Service of a StatefulSet.
func (c *converter) isToBeMade(o *Object, r reference) bool {
	g := c.owners[o]
	return o.Kind == "StatefulSet" && r.kind == "Service" && g != nil && g.mainService() == nil
}

func (c *converter) tell(o *Object, at tree.Path, format string, args ...any) {
	c.tellAs(convert.ToDo, o, at, format, args...)
}

func (c *converter) tellAs(outcome convert.Outcome, o *Object, at tree.Path, format string, args ...any) {
	in := input{}
	in.add(outcome, o, at, format, args...)
	c.draft.Report.Add(in.report.Items[0])
}

// ofEveryCluster are roles and accounts that every cluster has.
var ofEveryCluster = []string{"cluster-admin", "admin", "edit", "view", "default"}

// ofKubeSystem are those that every cluster has in kube-system besides: who extends the
// API is allowed to read how requests are told apart.
// https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer
var ofKubeSystem = []string{"extension-apiserver-authentication-reader", "extension-apiserver-authentication"}

// isDangling reports whether the input lacks what is named and has to be there.
func (c *converter) isDangling(r reference) bool {
	switch {
	case r.isOptional || c.has(r.kind, r.name):
		return false
	case (r.kind == "ClusterRole" || r.kind == "ServiceAccount") && slices.Contains(ofEveryCluster, r.name):
		return false
	case (r.kind == "ClusterRole" || r.kind == "Role") && strings.HasPrefix(r.name, "system:"):
		return false
	case c.namespace == "kube-system" && slices.Contains(ofKubeSystem, r.name):
		return false
	case r.kind == "Secret" && c.isMade(r.name):
		return false
	}
	return true
}

// isMade reports whether a controller makes a Secret of another object of the input.
func (c *converter) isMade(name string) bool {
	return slices.ContainsFunc(c.objects, func(o *Object) bool {
		switch o.Kind {
		case "ExternalSecret", "SealedSecret":
			return secretOf(o) == name
		case "Certificate":
			return text(o.Node, "spec", "secretName") == name
		case "Ingress": // cert-manager's own
			a := o.Node.At(tree.P("metadata", "annotations"))
			issued := a.Get("cert-manager.io/cluster-issuer") != nil || a.Get("cert-manager.io/issuer") != nil
			return issued && slices.ContainsFunc(c.index().references[o], func(r reference) bool { return r.kind == "Secret" && r.name == name })
		}
		return false
	})
}

// tellSelector reports an object that selects no pods of the input.
func (c *converter) tellSelector(o *Object) {
	selector := selectorOf(o)
	if o.Kind != "Service" && o.Kind != "PodDisruptionBudget" && o.Kind != "NetworkPolicy" || selector == nil {
		return
	}
	if len(c.index().pods.find(selector)) == 0 {
		at := tree.P("spec", "selector")
		if o.Kind == "NetworkPolicy" {
			at = tree.P("spec", "podSelector")
		}
		c.tell(o, at, "it selects no pods of the input")
	}
}

// tellUnserved notes a workload with ports in front of which no Service is.
func (c *converter) tellUnserved(o *Object) {
	if !isWorkload(o) {
		return
	}
	at := podTemplate(o).With("spec", "containers")
	for i, container := range elements(o.Node.At(at)) {
		if len(elements(container.Get("ports"))) == 0 {
			continue
		}
		if len(c.servicesOf(o)) == 0 {
			c.draft.Report.Add(item(convert.Kept, o, at.With(i, "ports"), "no Service of the input selects its pods, and so it gets none"))
		}
		return
	}
}
