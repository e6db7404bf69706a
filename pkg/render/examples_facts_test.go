package render_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/yaml"
)

// The facts in which two descriptions of one workload are compared: what the
// process inside sees, and how others reach it.

// workloads are the facts of every Deployment in a stream of manifests, with
// those of the Services and NetworkPolicies that select its pods.
func workloads(t *testing.T, stream [][]byte) map[string]facts {
	t.Helper()
	found := map[string]facts{}
	named := map[string]map[string]intstr.IntOrString{} // workload -> port name -> number
	for _, document := range stream {
		if d := decodeAs[appsv1.Deployment](t, document, "Deployment"); d != nil {
			found[d.Name], named[d.Name] = deploymentFacts(t, d), portNumbers(d)
		}
	}
	for _, document := range stream {
		if s := decodeAs[corev1.Service](t, document, "Service"); s != nil {
			owner := podsOf(s.Spec.Selector)
			serviceFacts(found[owner], s, named[owner])
		}
		if p := decodeAs[networkingv1.NetworkPolicy](t, document, "NetworkPolicy"); p != nil {
			if owner := podsOf(p.Spec.PodSelector.MatchLabels); owner != "" {
				policyFacts(found[owner], p, named[owner])
			}
		}
	}
	return found
}

func decodeAs[T any](t *testing.T, document []byte, kind string) *T {
	t.Helper()
	var meta metav1.TypeMeta
	if err := yaml.Unmarshal(document, &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Kind != kind {
		return nil
	}
	var object T
	if err := yaml.UnmarshalStrict(document, &object); err != nil {
		t.Fatal(err)
	}
	return &object
}

// podsOf is the workload that a selector finds; empty for all.
func podsOf(selector map[string]string) string {
	if name := selector["app.kubernetes.io/name"]; name != "" {
		return name
	}
	return selector["app"]
}

func portNumbers(d *appsv1.Deployment) map[string]intstr.IntOrString {
	numbers := map[string]intstr.IntOrString{}
	for _, p := range d.Spec.Template.Spec.Containers[0].Ports {
		numbers[p.Name] = intstr.FromInt32(p.ContainerPort)
	}
	return numbers
}

func deploymentFacts(t *testing.T, d *appsv1.Deployment) facts {
	t.Helper()
	f := facts{}
	pod := d.Spec.Template.Spec
	container := pod.Containers[0]
	name, _, _ := strings.Cut(path.Base(container.Image), ":")
	f.add("image", name)
	f.add("command", fmt.Sprint(container.Command, container.Args))
	for _, e := range container.Env {
		f.add("env", e.Name+"="+e.Value)
	}
	for _, p := range container.Ports {
		f.add("container port", fmt.Sprintf("%d/%s", p.ContainerPort, tcp(p.Protocol)))
	}
	numbers := portNumbers(d)
	f.addProbe("readiness", container.ReadinessProbe, numbers)
	f.addProbe("liveness", container.LivenessProbe, numbers)
	f.addProbe("startup", container.StartupProbe, numbers)
	for resource, amount := range container.Resources.Requests {
		f.add("request", fmt.Sprint(resource, " ", amount.String()))
	}
	for resource, amount := range container.Resources.Limits {
		f.add("limit", fmt.Sprint(resource, " ", amount.String()))
	}
	for _, m := range container.VolumeMounts {
		f.add("mount", m.MountPath)
	}
	for i := range pod.InitContainers {
		f.addContainer(t, "init container", &pod.InitContainers[i])
	}
	for i := range pod.Containers[1:] {
		f.addContainer(t, "container", &pod.Containers[1+i])
	}
	f.add("replicas", strconv.Itoa(int(ptr.Deref(d.Spec.Replicas, 1))))
	f.add("strategy", string(cmp.Or(d.Spec.Strategy.Type, appsv1.RollingUpdateDeploymentStrategyType)))
	f.add("service account", cmp.Or(pod.ServiceAccountName, "default"))
	if pod.TerminationGracePeriodSeconds != nil {
		f.add("grace period", strconv.FormatInt(*pod.TerminationGracePeriodSeconds, 10))
	}
	c := pod.SecurityContext
	f.add("user", fmt.Sprint(*c.RunAsUser, *c.RunAsGroup, *c.FSGroup, *c.RunAsNonRoot))
	f.add("security", fmt.Sprint(*container.SecurityContext.ReadOnlyRootFilesystem,
		*container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.Capabilities.Drop))
	for key, value := range d.Spec.Template.Annotations {
		f.add("pod annotation", key+"="+value)
	}
	return f
}

// addProbe adds a probe, its ports by number.
func (f facts) addProbe(name string, p *corev1.Probe, numbers map[string]intstr.IntOrString) {
	if p == nil {
		return
	}
	if p.HTTPGet != nil {
		p.HTTPGet.Port = byNumber(p.HTTPGet.Port, numbers)
	}
	if p.TCPSocket != nil {
		p.TCPSocket.Port = byNumber(p.TCPSocket.Port, numbers)
	}
	text, err := json.Marshal(p)
	if err != nil {
		text = []byte(err.Error())
	}
	f.add(name+" probe", string(text))
}

func serviceFacts(f facts, s *corev1.Service, numbers map[string]intstr.IntOrString) {
	f.add("Service", fmt.Sprint(s.Name, " ", cmp.Or(s.Spec.Type, corev1.ServiceTypeClusterIP)))
	for _, p := range s.Spec.Ports {
		target := byNumber(p.TargetPort, numbers)
		f.add("Service port", fmt.Sprintf("%s %s %d/%s to %s", s.Name, p.Name, p.Port, tcp(p.Protocol), target.String()))
	}
}

// policyFacts adds who may come in, and whether everything may go out.
func policyFacts(f facts, p *networkingv1.NetworkPolicy, numbers map[string]intstr.IntOrString) {
	for _, direction := range p.Spec.PolicyTypes {
		f.add("policy", string(direction))
	}
	for _, rule := range p.Spec.Ingress {
		if len(rule.From) == 0 && len(rule.Ports) == 0 {
			f.add("policy from", "everywhere")
		}
		for _, peer := range rule.From {
			for _, port := range rule.Ports {
				number := byNumber(*port.Port, numbers)
				f.add("policy from", fmt.Sprintf("%s to %s/%s", podsOf(peer.PodSelector.MatchLabels), number.String(), ptr.Deref(port.Protocol, corev1.ProtocolTCP)))
			}
		}
	}
	for _, rule := range p.Spec.Egress {
		if len(rule.To) == 0 && len(rule.Ports) == 0 {
			f.add("policy to", "everywhere")
		}
	}
}

func byNumber(port intstr.IntOrString, numbers map[string]intstr.IntOrString) intstr.IntOrString {
	if number, ok := numbers[port.StrVal]; ok && port.Type == intstr.String {
		return number
	}
	return port
}

func tcp(p corev1.Protocol) corev1.Protocol { return cmp.Or(p, corev1.ProtocolTCP) }
