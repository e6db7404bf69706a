package versions

import (
	"encoding/json"
	"reflect"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
)

// filled returns an object of a type with every field set that JSON shows: lists and
// maps have one element, texts are "x".
func filled[T any]() *T {
	obj := new(T)
	fill(reflect.ValueOf(obj).Elem())
	return obj
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 { // raw JSON
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0))
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	}
}

// roots are kinds of which the facts have the definitions.
func roots() map[string]any {
	return map[string]any{
		"apps/v1.DaemonSet":                      filled[appsv1.DaemonSet](),
		"apps/v1.Deployment":                     filled[appsv1.Deployment](),
		"apps/v1.ReplicaSet":                     filled[appsv1.ReplicaSet](),
		"apps/v1.StatefulSet":                    filled[appsv1.StatefulSet](),
		"autoscaling/v2.HorizontalPodAutoscaler": filled[autoscalingv2.HorizontalPodAutoscaler](),
		"batch/v1.CronJob":                       filled[batchv1.CronJob](),
		"batch/v1.Job":                           filled[batchv1.Job](),
		"core/v1.PersistentVolumeClaim":          filled[corev1.PersistentVolumeClaim](),
		"core/v1.Pod":                            filled[corev1.Pod](),
		"core/v1.Service":                        filled[corev1.Service](),
		"discovery/v1.EndpointSlice":             filled[discoveryv1.EndpointSlice](),
		"networking/v1.Ingress":                  filled[networkingv1.Ingress](),
		"networking/v1.NetworkPolicy":            filled[networkingv1.NetworkPolicy](),
		"policy/v1.PodDisruptionBudget":          filled[policyv1.PodDisruptionBudget](),
	}
}

// asJSON is what an object is in JSON.
func asJSON(t *testing.T, obj any) map[string]any {
	t.Helper()
	data, err := json.Marshal(obj)
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]any
	if err := json.Unmarshal(data, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// allGates turns all gates on.
func allGates() map[string]bool {
	on := map[string]bool{}
	for _, name := range GateNames() {
		on[name] = true
	}
	return on
}

// pathsOf are the paths of findings that fit, as text.
func pathsOf(found []Unavailable, fits func(Unavailable) bool) (paths []string) {
	for _, u := range found {
		if fits(u) {
			paths = append(paths, u.Path.String())
		}
	}
	return paths
}
