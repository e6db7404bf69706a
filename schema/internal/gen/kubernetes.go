package gen

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// nativeRoots are the types of Kubernetes that fields of the schema have; what
// they refer to follows.
var nativeRoots = []reflect.Type{
	reflect.TypeFor[corev1.Affinity](),
	reflect.TypeFor[corev1.CSIVolumeSource](),
	reflect.TypeFor[corev1.ConfigMapVolumeSource](),
	reflect.TypeFor[corev1.EmptyDirVolumeSource](),
	reflect.TypeFor[corev1.EphemeralVolumeSource](),
	reflect.TypeFor[corev1.HTTPHeader](),
	reflect.TypeFor[corev1.HostAlias](),
	reflect.TypeFor[corev1.HostPathVolumeSource](),
	reflect.TypeFor[corev1.Lifecycle](),
	reflect.TypeFor[corev1.LocalObjectReference](),
	reflect.TypeFor[corev1.NFSVolumeSource](),
	reflect.TypeFor[corev1.PodDNSConfig](),
	reflect.TypeFor[corev1.PodSecurityContext](),
	reflect.TypeFor[corev1.ProjectedVolumeSource](),
	reflect.TypeFor[corev1.SecretVolumeSource](),
	reflect.TypeFor[corev1.SecurityContext](),
	reflect.TypeFor[corev1.Toleration](),
	reflect.TypeFor[corev1.TopologySpreadConstraint](),
	reflect.TypeFor[corev1.TypedLocalObjectReference](),
	reflect.TypeFor[autoscalingv2.HorizontalPodAutoscalerBehavior](),
	reflect.TypeFor[autoscalingv2.MetricSpec](),
	reflect.TypeFor[networkingv1.NetworkPolicyEgressRule](),
	reflect.TypeFor[networkingv1.NetworkPolicyIngressRule](),
	reflect.TypeFor[rbacv1.PolicyRule](),
}

// nativeScalars are the structs that stand for something simple in YAML.
var nativeScalars = map[reflect.Type]string{
	reflect.TypeFor[intstr.IntOrString](): "int32 | string",
	reflect.TypeFor[resource.Quantity]():  "#Quantity",
	reflect.TypeFor[metav1.Time]():        "string",
	reflect.TypeFor[metav1.FieldsV1]():    "{...}",
}

// native writes the CUE definitions of Kubernetes' own types.
type native struct {
	out  strings.Builder
	seen map[string]reflect.Type
	next []reflect.Type
}

// kubernetesFile is zz_kubernetes.cue, and the types in it by name.
func kubernetesFile() ([]byte, map[string]reflect.Type, error) {
	n := &native{seen: map[string]reflect.Type{}}
	n.out.WriteString(header + "package schema\n")
	for _, t := range nativeRoots {
		n.next = append(n.next, t)
		for len(n.next) > 0 {
			t := n.next[0]
			n.next = n.next[1:]
			if err := n.definition(t); err != nil {
				return nil, nil, err
			}
		}
	}
	content, err := formatCUE(n.out.String())
	return content, n.seen, err
}

func (n *native) definition(t reflect.Type) error {
	switch seen := n.seen[t.Name()]; {
	case seen == t:
		return nil
	case seen != nil:
		return fmt.Errorf("%s and %s would both be #%s", seen, t, t.Name())
	}
	n.seen[t.Name()] = t
	fmt.Fprintf(&n.out, "\n// #%s: see %s in the Kubernetes API, %s.\n#%s: {\n", t.Name(), t.Name(), groupOf(t), t.Name())
	if err := n.fields(t); err != nil {
		return err
	}
	n.out.WriteString("}\n")
	return nil
}

// groupOf is the API group and version of t.
func groupOf(t reflect.Type) string {
	return path.Base(path.Dir(t.PkgPath())) + "/" + path.Base(t.PkgPath())
}

func (n *native) fields(t reflect.Type) error {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			if err := n.fields(f.Type); err != nil {
				return err
			}
			continue
		}
		constraint, err := n.constraint(f.Type)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", t, f.Name, err)
		}
		mark := "!"
		if strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero") {
			mark = "?"
		}
		fmt.Fprintf(&n.out, "\t%s%s: %s\n", name, mark, constraint)
	}
	return nil
}

// constraint is the CUE of a field's type.
func (n *native) constraint(t reflect.Type) (string, error) {
	if scalar := nativeScalars[t]; scalar != "" {
		return scalar, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return n.constraint(t.Elem())
	case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64:
		return t.Kind().String(), nil
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "string", nil // base64
		}
		element, err := n.constraint(t.Elem())
		return "[..." + element + "]", err
	case reflect.Map:
		value, err := n.constraint(t.Elem())
		return "[string]: " + value, err
	case reflect.Struct:
		n.next = append(n.next, t)
		return "#" + t.Name(), nil
	}
	return "", fmt.Errorf("a %s has no constraint", t)
}
