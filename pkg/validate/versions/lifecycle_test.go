package versions

import (
	"slices"
	"testing"
)

func TestLifecycleOf(t *testing.T) {
	if !slices.IsSortedFunc(lifecycles, func(a, b lifecycleRow) int { return a.compare(b.apiVersion, b.kind) }) {
		t.Error("the table is not sorted")
	}
	for _, tt := range []struct {
		apiVersion, kind string
		want             Lifecycle
		found            bool
	}{
		{"apps/v1", "Deployment", Lifecycle{Introduced: 9}, true},
		{"v1", "ConfigMap", Lifecycle{Introduced: 2}, true},
		{"extensions/v1beta1", "Ingress", Lifecycle{1, 14, 22, "networking.k8s.io/v1"}, true},
		{"policy/v1beta1", "PodDisruptionBudget", Lifecycle{5, 21, 25, "policy/v1"}, true},
		{"autoscaling/v2beta2", "HorizontalPodAutoscaler", Lifecycle{12, 23, 26, "autoscaling/v2"}, true},
		{"networking.k8s.io/v1beta1", "IPAddress", Lifecycle{31, 34, 37, "networking.k8s.io/v1"}, true},
		{"v1", "Endpoints", Lifecycle{0, 33, 0, "discovery.k8s.io/v1 EndpointSlice"}, true},
		{"rbac.authorization.k8s.io/v1", "Role", Lifecycle{Introduced: 8}, true},
		{"rbac/v1", "Role", Lifecycle{}, false},
		{"apps/v1", "Deploymnet", Lifecycle{}, false},
		{"", "", Lifecycle{}, false},
		{"zzz/v9", "Zzz", Lifecycle{}, false},
	} {
		got, found := LifecycleOf(tt.apiVersion, tt.kind)
		if got != tt.want || found != tt.found {
			t.Errorf("%s %s: %+v, %t", tt.apiVersion, tt.kind, got, found)
		}
	}
}

func TestReplacement(t *testing.T) {
	for _, tt := range []struct {
		apiVersion, kind    string
		minor               int
		served, replacement string
	}{
		{"networking.k8s.io/v1", "IPAddress", 32, "networking.k8s.io/v1beta1", "networking.k8s.io/v1beta1"},
		{"networking.k8s.io/v1", "IPAddress", 30, "", ""},
		{"storage.k8s.io/v1", "VolumeAttributesClass", 30, "storage.k8s.io/v1alpha1", "storage.k8s.io/v1alpha1"},
		{"storage.k8s.io/v1", "VolumeAttributesClass", 31, "storage.k8s.io/v1beta1", "storage.k8s.io/v1beta1"},
		{"extensions/v1beta1", "Deployment", 36, "apps/v1", "apps/v1"},
		{"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 29, "flowcontrol.apiserver.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1beta3"},
		{"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 32, "flowcontrol.apiserver.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1"},
		{"autoscaling/v1", "HorizontalPodAutoscaler", 36, "autoscaling/v2", "autoscaling/v2"},
		{"policy/v1beta1", "PodSecurityPolicy", 36, "", "the labels of Pod Security admission"},
		{"v1", "Endpoints", 36, "", "discovery.k8s.io/v1 EndpointSlice"},
		{"v1", "Nothing", 36, "", ""},
	} {
		if got := Served(tt.kind, tt.apiVersion, tt.minor); got != tt.served {
			t.Errorf("Served(%s, %s, %d) = %q", tt.kind, tt.apiVersion, tt.minor, got)
		}
		if got := Replacement(tt.apiVersion, tt.kind, tt.minor); got != tt.replacement {
			t.Errorf("Replacement(%s, %s, %d) = %q", tt.apiVersion, tt.kind, tt.minor, got)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		apiVersion, kind, hint string
		isBuiltIn              bool
	}{
		{"apps/v1", "Deploymnet", `, did you mean kind "Deployment"?`, true},
		{"apps/v1", "deployment", `, did you mean kind "Deployment"?`, true},
		{"v1", "Deployment", `, did you mean apiVersion "apps/v1"?`, true},
		{"apps/v2", "Deployment", `, did you mean apiVersion "apps/v1"?`, true},
		{"apps", "Deployment", `, did you mean apiVersion "apps/v1"?`, true},
		{"", "Deployment", `, did you mean apiVersion "apps/v1"?`, true},
		{"app/v1", "Deployment", `, did you mean apiVersion "apps/v1"?`, true},
		{"extensions/v1", "Ingress", `, did you mean apiVersion "networking.k8s.io/v1"?`, true},
		{"extensions/v1beta1", "StatefulSet", `, did you mean apiVersion "apps/v1"?`, true},
		{"core/v1", "Service", `, did you mean apiVersion "v1"?`, true},
		{"rbac/v1", "Role", `, did you mean apiVersion "rbac.authorization.k8s.io/v1"?`, true},
		{"networking/v1", "Ingres", `, did you mean kind "Ingress" of "networking.k8s.io/v1"?`, true},
		{"networking.k8s.i/v1", "Ingress", `, did you mean apiVersion "networking.k8s.io/v1"?`, true},
		{"autoscaling/v3", "HorizontalPodAutoscaler", `, did you mean apiVersion "autoscaling/v2"?`, true},
		{"v1", "deployment", `, did you mean kind "Deployment" of "apps/v1"?`, true},
		{"v1", "Ingres", `, did you mean kind "Ingress" of "networking.k8s.io/v1"?`, true},
		{"policy/v1", "PodDisruptionBuget", `, did you mean kind "PodDisruptionBudget"?`, true},
		{"policy/v1", "PodSecurityPolicy", "", true},
		{"apps/v2", "Deploymnet", `, did you mean kind "Deployment" of "apps/v1"?`, true},
		{"v1", "Widget", "", true},
		{"batch/v1", "Widget", "", true},
		{"acme/v1", "Widget", "", true},
		// Custom resources, some of them named as kinds of Kubernetes.
		{"serving.knative.dev/v1", "Service", "", false},
		{"networking.istio.io/v1", "ServiceEntry", "", false},
		{"gateway.networking.k8s.io/v1", "HTTPRoute", "", false},
		{"snapshot.storage.k8s.io/v1", "VolumeSnapshot", "", false},
		{"policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", "", false},
		{"networking.gke.io/v1", "ManagedCertificate", "", false},
	} {
		hint, isBuiltIn := Nearest(tt.apiVersion, tt.kind)
		if hint != tt.hint || isBuiltIn != tt.isBuiltIn {
			t.Errorf("Nearest(%s, %s) = %q, %t", tt.apiVersion, tt.kind, hint, isBuiltIn)
		}
	}
}
