package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fills write an object beside the workload into a service, by what the object is: each
// is the inverse of the template of its kind.
var fills = map[string]func(*converter, *Group, *Object, *schema.Service) bool{
	"v1 Service":                                      (*converter).fillService,
	"v1 ConfigMap":                                    (*converter).fillConfigMap,
	"v1 Secret":                                       (*converter).fillSecret,
	"v1 ServiceAccount":                               (*converter).fillAccount,
	"v1 PersistentVolumeClaim":                        (*converter).fillClaim,
	"networking.k8s.io/v1 Ingress":                    (*converter).fillIngress,
	"networking.k8s.io/v1 NetworkPolicy":              (*converter).fillPolicy,
	"autoscaling/v2 HorizontalPodAutoscaler":          (*converter).fillAutoscaler,
	"policy/v1 PodDisruptionBudget":                   (*converter).fillBudget,
	"rbac.authorization.k8s.io/v1 Role":               (*converter).fillRole,
	"rbac.authorization.k8s.io/v1 RoleBinding":        (*converter).fillRole,
	"rbac.authorization.k8s.io/v1 ClusterRole":        (*converter).fillClusterRole,
	"rbac.authorization.k8s.io/v1 ClusterRoleBinding": (*converter).fillClusterRole,
	"gateway.networking.k8s.io/v1 HTTPRoute":          (*converter).fillHTTPRoute,
	"gateway.networking.k8s.io/v1 GRPCRoute":          (*converter).fillGRPCRoute,
	"monitoring.coreos.com/v1 ServiceMonitor":         (*converter).fillServiceMonitor,
	"monitoring.coreos.com/v1 PodMonitor":             (*converter).fillPodMonitor,
	"keda.sh/v1alpha1 TriggerAuthentication":          (*converter).fillAuthentication,
	"keda.sh/v1alpha1 ScaledObject":                   (*converter).fillScaledObject,
	"autoscaling.k8s.io/v1 VerticalPodAutoscaler":     (*converter).fillVertical,
	"external-secrets.io/v1 ExternalSecret":           (*converter).fillExternalSecret,
	"bitnami.com/v1alpha1 SealedSecret":               (*converter).fillSealedSecret,
	"cert-manager.io/v1 Certificate":                  (*converter).fillCertificate,
}

// fillFrom writes an object beside the workload into the service, and reports whether
// the service renders it then, perhaps with patches.
func (c *converter) fillFrom(g *Group, o *Object, s *schema.Service) bool {
	fill := fills[o.APIVersion+" "+o.Kind]
	return fill != nil && fill(c, g, o, s)
}

// inOrder are the objects around the workload, those first that others of the service
// build upon.
func (g *Group) inOrder() []*Object {
	main := g.mainService()
	rank := func(o *Object) int {
		switch {
		case o == main:
			return 0
		case slices.Contains([]string{"PersistentVolumeClaim", "NetworkPolicy", "ServiceMonitor", "PodMonitor", "Certificate", "TriggerAuthentication"}, o.Kind):
			return 2
		}
		return 1
	}
	ordered := slices.Clone(g.Others)
	slices.SortStableFunc(ordered, func(a, b *Object) int { return rank(a) - rank(b) })
	return ordered
}

// declineAround declines what kgen makes beside a workload and the input does not have.
func (c *converter) declineAround(g *Group, s *schema.Service) {
	if s.PodDisruptionBudget == nil && s.IsScalable() {
		s.PodDisruptionBudget = &schema.PodDisruptionBudget{Declined: true}
	}
	if g.mainService() == nil && !s.EndsByItself() {
		c.declineService(g, s)
	}
	if s.ServiceAccount == nil {
		isNot := false
		s.ServiceAccount = &schema.ServiceAccount{Create: &isNot}
	}
}

// needsOf marks the ConfigMaps and Secrets that an object names and the input does not
// have.
func (c *converter) needsOf(o *Object, s *schema.Service) {
	f := &workload{c: c, s: s}
	for _, r := range c.index().references[o] {
		f.needs(r.kind, r.name, nil)
	}
}

// note reports what became of a value of an object that went to a service.
func (c *converter) note(outcome convert.Outcome, g *Group, o *Object, at tree.Path, field, message string) {
	i := item(outcome, o, at, message)
	i.Service, i.Field = g.Name, field
	c.draft.Report.Add(i)
}

// decoded reads an object as a type that has all that it may say: with anything else it
// has no place in a service.
func decoded[T any](o *Object) (*T, bool) {
	into := new(T)
	return into, len(tree.Decode(o.Node, into)) == 0
}

// textsOf are the texts of a map in an object, in its order.
func textsOf(n *tree.Node) (texts schema.Map[schema.Text]) {
	for _, key := range keys(n) {
		texts = append(texts, schema.Entry[schema.Text]{Key: key, Value: schema.Text{Value: n.Get(key).Text}})
	}
	return texts
}

// stringsOf is the same as plain strings.
func stringsOf(n *tree.Node) (texts schema.Map[string]) {
	for _, key := range keys(n) {
		texts = append(texts, schema.Entry[string]{Key: key, Value: n.Get(key).Text})
	}
	return texts
}

// annotationsOf are those of an object.
func annotationsOf(o *Object) schema.Map[schema.Text] {
	return textsOf(o.Node.At(tree.P("metadata", "annotations")))
}

// otherName is the name that an object has instead of the one that kgen gives it.
func otherName(o *Object, byDefault string) string {
	if o.Name == byDefault {
		return ""
	}
	return o.Name
}
