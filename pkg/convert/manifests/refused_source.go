package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// sources are the kinds of the objects that fields of services come from.
var sources = map[string][]string{
	"autoscaling":         {"ScaledObject", "HorizontalPodAutoscaler", "VerticalPodAutoscaler"},
	"podDisruptionBudget": {"PodDisruptionBudget"},
	"service":             {"Service"},
	"extraServices":       {"Service"},
	"networkPolicy":       {"NetworkPolicy"},
	"ingress":             {"Ingress"},
	"httpRoutes":          {"HTTPRoute"},
	"grpcRoutes":          {"GRPCRoute"},
	"metrics":             {"ServiceMonitor", "PodMonitor"},
}

// sourceOf is where the value of a field of a service comes from, as far as that is
// known: an object of the group, or a place in the workload.
func (c *converter) sourceOf(g *Group, at tree.Path) (*Object, tree.Path) {
	field, _ := at[0].(string)
	name := ""
	if len(at) > 1 {
		name, _ = at[1].(string)
	}
	for _, kind := range sources[field] {
		if i := slices.IndexFunc(g.Others, func(o *Object) bool { return o.Kind == kind }); i >= 0 {
			return g.Others[i], nil
		}
	}
	for of, kind := range map[string]string{"configMaps": "ConfigMap", "secrets": "Secret"} {
		if o := c.find(kind, name); field == of && o != nil {
			return o, nil
		}
	}
	spec := podTemplate(g.Workload).With("spec")
	list := spec.With(field)
	if field == "env" || field == "ports" {
		list = spec.With("containers", 0, field)
	}
	for i, e := range elements(g.Workload.Node.At(list)) {
		if text(e, "name") == name && name != "" {
			return g.Workload, list.With(i)
		}
	}
	return g.Workload, nil
}
