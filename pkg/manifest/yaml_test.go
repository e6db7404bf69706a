package manifest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

func TestAppendTyped(t *testing.T) {
	tcp := corev1.ProtocolTCP
	for name, tt := range map[string]struct {
		value any
		want  string
	}{
		"deployment": {&appsv1.Deployment{
			TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
			ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: "shop", Labels: map[string]string{"b": "1.0", "a": "x"}},
			Spec: appsv1.DeploymentSpec{
				Replicas: new(int32),
				Selector: &metav1.LabelSelector{MatchLabels: map[string]string{"a": "x"}},
				Template: corev1.PodTemplateSpec{Spec: corev1.PodSpec{
					Containers: []corev1.Container{{
						Name: "web", Image: "web:1.0", Args: []string{"-c", "echo hi\nexit\n", "- x"},
						Env:       []corev1.EnvVar{{Name: "PORT", Value: "8080"}, {Name: "EMPTY"}},
						Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{"memory": resource.MustParse("128Mi"), "cpu": resource.MustParse("2")}},
					}},
					Volumes: []corev1.Volume{{Name: "tmp", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}},
				}},
			},
		}, `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    a: x
    b: "1.0"
spec:
  replicas: 0
  selector:
    matchLabels:
      a: x
  template:
    spec:
      volumes:
      - name: tmp
        emptyDir: {}
      containers:
      - name: web
        image: web:1.0
        args:
        - -c
        - |
          echo hi
          exit
        - "- x"
        env:
        - name: PORT
          value: "8080"
        - name: EMPTY
        resources:
          requests:
            cpu: "2"
            memory: 128Mi
`},
		"network policy": {&networkingv1.NetworkPolicy{
			TypeMeta: metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
			Spec: networkingv1.NetworkPolicySpec{
				Ingress: []networkingv1.NetworkPolicyIngressRule{{}, {
					Ports: []networkingv1.NetworkPolicyPort{{Protocol: &tcp, Port: &intstr.IntOrString{IntVal: 80}}, {Port: &intstr.IntOrString{Type: intstr.String, StrVal: "80"}}},
					From:  []networkingv1.NetworkPolicyPeer{{PodSelector: &metav1.LabelSelector{}}},
				}},
				PolicyTypes: []networkingv1.PolicyType{"Ingress"},
			},
		}, `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
spec:
  podSelector: {}
  ingress:
  - {}
  - ports:
    - protocol: TCP
      port: 80
    - port: "80"
    from:
    - podSelector: {}
  policyTypes:
  - Ingress
`},
		"config map": {&corev1.ConfigMap{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
			Data:       map[string]string{"y": "no", "a.conf": "x {\n\ty;\n}", "blank": "", "tail": "a\n\n", "trailing": "a \nb", "cr": "a\r\nb"},
			BinaryData: map[string][]byte{"z": {0, 1}},
		}, `apiVersion: v1
kind: ConfigMap
data:
  a.conf: |-
    x {
    	y;
    }
  blank: ""
  cr: "a\r\nb"
  tail: |+
    a

  trailing: "a \nb"
  "y": "no"
binaryData:
  z: AAE=
`},
		"role without rules": {&rbacv1.Role{TypeMeta: metav1.TypeMeta{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "Role"}}, `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
rules: []
`},
		"nil": {(*corev1.Pod)(nil), "null\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(manifest.Append(nil, tt.value))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
