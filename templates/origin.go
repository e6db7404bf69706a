package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Origin is where a rendered value comes from.
type Origin struct {
	// Path is what to change for another value, in the long form:
	// ports.http.containerPort. It may lead to what nobody wrote, where a default
	// or nothing stands. Nil is the service, or kgen.cue, as a whole.
	Path tree.Path
	// Default is the built-in default that gives the value where nobody wrote
	// Path: its Field in schema.Defaults. It is empty where there is none.
	Default string
	// InProject is set where Path leads through kgen.cue. An environment may say
	// there what the project says too: environments.NAME.namespace over namespace.
	InProject bool
	// IsAbove is set where no template writes the value: what Path leads to has to
	// do with something that the value lies in.
	IsAbove bool
}

// OriginOf is the origin of the value at a path in an object of s, which has its
// defaults. The path is that of the object as JSON; where it ends above or below
// a value, or where a value is missing, the origin is the nearest thing that
// has to do with it. What is the same in all objects of a kind, apiVersion among
// it, comes from what makes the object stand there.
func OriginOf(s *schema.Service, kind, name string, at tree.Path) Origin {
	m := newMade(s, kind, name)
	origin, _ := m.origin(serviceOrigins[kind], at)
	return origin
}

// ProjectOriginOf is the origin of the value at a path in one of the objects of
// ProjectObjects, always in kgen.cue.
func ProjectOriginOf(w *schema.World, kind, name string, at tree.Path) Origin {
	m := &made{world: w, kind: kind, name: name}
	origin, _ := m.origin(projectOrigins[kind], at)
	return origin
}

// serviceOrigins are the origins of the objects of a service, by kind. They say
// in paths what the template of the kind says in Go; a test holds one against
// the other.
var serviceOrigins = map[string][]rule{
	"ServiceAccount":          accountOrigins,
	"ClusterRole":             roleOrigins("serviceAccount.clusterRules"),
	"ClusterRoleBinding":      bindingOrigins("serviceAccount.clusterRules"),
	"Role":                    roleOrigins("serviceAccount.rules"),
	"RoleBinding":             bindingOrigins("serviceAccount.rules"),
	"ConfigMap":               configMapOrigins,
	"Secret":                  secretOrigins,
	"PersistentVolumeClaim":   claimOrigins,
	"Service":                 serviceObjectOrigins,
	"Deployment":              deploymentOrigins,
	"StatefulSet":             statefulSetOrigins,
	"DaemonSet":               daemonSetOrigins,
	"Job":                     jobOrigins,
	"CronJob":                 cronJobOrigins,
	"HorizontalPodAutoscaler": autoscalerOrigins,
	"PodDisruptionBudget":     budgetOrigins,
	"NetworkPolicy":           networkPolicyOrigins,
	"Ingress":                 ingressOrigins,
	"HTTPRoute":               httpRouteOrigins,
	"GRPCRoute":               grpcRouteOrigins,
	"ExternalSecret":          externalSecretOrigins,
	"SealedSecret":            sealedSecretOrigins,
	"ScaledObject":            scaledObjectOrigins,
	"TriggerAuthentication":   triggerAuthenticationOrigins,
	"VerticalPodAutoscaler":   verticalOrigins,
	"Certificate":             certificateOrigins,
	"ServiceMonitor":          serviceMonitorOrigins,
	"PodMonitor":              podMonitorOrigins,
}

// projectOrigins are those of the objects that belong to no service.
var projectOrigins = map[string][]rule{
	"Namespace":     namespaceOrigins,
	"NetworkPolicy": namespacePolicyOrigins,
}
