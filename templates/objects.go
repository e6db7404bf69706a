package templates

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kgen-dev/kgen/schema"
)

// Object is any object of Kubernetes, typed.
type Object interface {
	runtime.Object
	metav1.Object
}

// SecretValues reads the values of a Secret, by key; false leaves the Secret out.
type SecretValues func(schema.OwnSecret) (values map[string][]byte, ok bool)

// kinds are the templates of a service in the order in which its objects are
// rendered. Secrets come after ConfigMaps, but need their values.
var kinds = []func(*schema.Service, SecretValues) []Object{
	one(ServiceAccount),
	one(ClusterRole),
	one(ClusterRoleBinding),
	one(Role),
	one(RoleBinding),
	many(ConfigMaps),
	secrets,
	many(ExternalSecrets),
	many(SealedSecrets),
	many(PersistentVolumeClaims),
	one(Service),
	one(HeadlessService),
	one(PreviewService),
	many(CanaryServices),
	many(ExtraServices),
	perVariant(Deployment),
	one(StatefulSet),
	one(DaemonSet),
	one(Job),
	one(CronJob),
	perVariant(HorizontalPodAutoscaler),
	perVariant(ScaledObject),
	many(TriggerAuthentications),
	perVariant(VerticalPodAutoscaler),
	perVariant(PodDisruptionBudget),
	one(NetworkPolicy),
	one(CanaryNetworkPolicy),
	one(Ingress),
	many(CanaryIngresses),
	many(HTTPRoutes),
	many(GRPCRoutes),
	one(Certificate),
	one(ServiceMonitor),
	perVariant(PodMonitor),
}

// Objects are the objects of s by kind, those of one kind as they were written.
// Without values there are no Secrets.
func Objects(s *schema.Service, values SecretValues) []Object {
	objects := make([]Object, 0, len(kinds))
	for _, kind := range kinds {
		objects = append(objects, kind(s, values)...)
	}
	return objects
}

// ProjectObjects are the objects of an environment that belong to no service.
func ProjectObjects(w *schema.World) []Object {
	var objects []Object
	if namespace := Namespace(w); namespace != nil {
		objects = append(objects, namespace)
	}
	if policy := NamespacePolicy(w); policy != nil {
		objects = append(objects, policy)
	}
	return objects
}

// pointerTo is an object of Go type T.
type pointerTo[T any] interface {
	*T
	Object
}

func one[T any, P pointerTo[T]](template func(*schema.Service) P) func(*schema.Service, SecretValues) []Object {
	return func(s *schema.Service, _ SecretValues) []Object {
		if object := template(s); object != nil {
			return []Object{object}
		}
		return nil
	}
}

// perVariant is one object for each Deployment of a release.
func perVariant[T any, P pointerTo[T]](template func(*schema.Service) P) func(*schema.Service, SecretValues) []Object {
	alone := one(template)
	return func(s *schema.Service, values SecretValues) []Object {
		if s.Release == nil {
			return alone(s, values)
		}
		var objects []Object
		for _, v := range s.Variants() {
			objects = append(objects, alone(v, values)...)
		}
		return objects
	}
}

func many[T any, P pointerTo[T]](template func(*schema.Service) []P) func(*schema.Service, SecretValues) []Object {
	return func(s *schema.Service, _ SecretValues) []Object {
		var objects []Object
		for _, object := range template(s) {
			objects = append(objects, object)
		}
		return objects
	}
}

func secrets(s *schema.Service, values SecretValues) []Object {
	if values == nil {
		return nil
	}
	var objects []Object
	for _, own := range s.OwnSecrets() {
		if data, ok := values(own); ok {
			objects = append(objects, Secret(s, own, data))
		}
	}
	return objects
}
