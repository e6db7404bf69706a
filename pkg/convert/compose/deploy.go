package compose

import (
	"math"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/schema"
)

// convertDeploy takes how many pods there are, how they are replaced, and where they go.
func (s *service) convertDeploy() {
	if s.from.Scale != nil {
		s.setReplicas(*s.from.Scale, "scale")
	}
	d := s.from.Deploy
	if d == nil {
		if s.to.Kind == "" && s.from.Scale == nil {
			s.to.Replicas = &schema.Count{Value: 1}
		}
		return
	}
	switch {
	case d.Replicas != nil:
		s.setReplicas(*d.Replicas, "deploy", "replicas")
		if s.from.Scale != nil && *s.from.Scale != *d.Replicas {
			s.refused("deploy: replicas says another number, which counts", "scale")
		}
	case s.to.Kind == "" && s.from.Scale == nil:
		s.to.Replicas = &schema.Count{Value: 1}
	}
	if d.UpdateConfig != nil {
		s.convertUpdate(d.UpdateConfig)
	}
	if d.EndpointMode == "dnsrr" && len(s.to.Ports) > 0 {
		s.to.Service = &schema.ServiceOptions{Headless: ptr(true)}
		s.kept("service.headless", "deploy", "endpoint_mode")
	} else if d.EndpointMode != "" {
		s.kept("", "deploy", "endpoint_mode")
	}
	s.convertPlacement(&d.Placement)
	if len(d.Labels) > 0 {
		s.addAnnotations(d.Labels, &s.to.Annotations, "annotations", "deploy", "labels")
	}
}

func (s *service) setReplicas(n int, at ...any) {
	switch {
	case n < 0 || n > math.MaxInt32:
		s.refused("no number of pods", at...)
	case s.to.EndsByItself() && n > 0:
		if n > 1 {
			s.job().Completions, s.job().Parallelism = ptr(int32(n)), ptr(int32(n))
		}
		s.kept("job.completions", at...)
	case s.to.EndsByItself():
		s.job().Suspend = ptr(true)
		s.changed("job.suspend", "suspended, for none is to run", at...)
	case s.to.Kind != "":
		s.dropped("a "+s.to.Kind+" has a pod on each node", at...)
	default:
		s.to.Replicas = &schema.Count{Value: int32(n)}
		s.kept("replicas", at...)
	}
}

// convertUpdate takes how many pods are replaced at a time.
func (s *service) convertUpdate(u *types.UpdateConfig) {
	if s.to.Kind != "" {
		s.dropped("a "+s.to.Kind+" has no rolling update of this kind", "deploy", "update_config")
		return
	}
	n := intstr.FromInt32(1)
	if u.Parallelism != nil && *u.Parallelism < math.MaxInt32 {
		if n = intstr.FromInt32(int32(*u.Parallelism)); *u.Parallelism == 0 {
			n = intstr.FromString("100%")
		}
		s.kept("strategy", "deploy", "update_config", "parallelism")
	}
	none := intstr.FromInt32(0)
	s.to.Strategy = &schema.Strategy{Type: "RollingUpdate", MaxSurge: &none, MaxUnavailable: &n}
	if u.Order == "start-first" {
		s.to.Strategy.MaxSurge, s.to.Strategy.MaxUnavailable = &n, &none
	}
	if u.Order != "" {
		s.kept("strategy", "deploy", "update_config", "order")
	}
	if s.hasOwnClaim() {
		s.to.Strategy = nil // a volume that one node mounts has to be let go first
		s.changed("strategy", "it has a volume that one pod mounts at a time: the old pod ends before the new one starts", "deploy", "update_config")
	}
	if u.Delay > 0 {
		s.to.MinReadySeconds = ptr(int32(math.Ceil(time.Duration(u.Delay).Seconds())))
		s.changed("minReadySeconds", "the next pod is replaced when the last was ready for so long", "deploy", "update_config", "delay")
	}
}

// convertPlacement takes the nodes that it may run on.
func (s *service) convertPlacement(p *types.Placement) {
	var expressions []corev1.NodeSelectorRequirement
	for i, text := range p.Constraints {
		operator := "=="
		if strings.Contains(text, "!=") {
			operator = "!="
		}
		key, value, _ := strings.Cut(text, operator)
		label := nodeLabel(strings.TrimSpace(key))
		value = strings.TrimSpace(value)
		switch {
		case label == "":
			s.dropped("Kubernetes knows nodes by labels, and this is none: write nodeSelector", "deploy", "placement", "constraints", i)
		case operator == "==":
			put(&s.to.NodeSelector, label, value)
			s.kept("nodeSelector", "deploy", "placement", "constraints", i)
		default:
			expressions = append(expressions, corev1.NodeSelectorRequirement{Key: label, Operator: corev1.NodeSelectorOpNotIn, Values: []string{value}})
			s.kept("affinity", "deploy", "placement", "constraints", i)
		}
	}
	if len(expressions) > 0 {
		s.to.Affinity = &corev1.Affinity{NodeAffinity: &corev1.NodeAffinity{RequiredDuringSchedulingIgnoredDuringExecution: &corev1.NodeSelector{
			NodeSelectorTerms: []corev1.NodeSelectorTerm{{MatchExpressions: expressions}},
		}}}
	}
	for i, preference := range p.Preferences {
		label := nodeLabel(preference.Spread)
		if label == "" {
			s.dropped("Kubernetes spreads over labels of nodes, and this is none", "deploy", "placement", "preferences", i)
			continue
		}
		s.to.TopologySpreadConstraints = append(s.to.TopologySpreadConstraints, corev1.TopologySpreadConstraint{
			MaxSkew: 1, TopologyKey: label, WhenUnsatisfiable: corev1.ScheduleAnyway,
		})
		s.kept("topologySpreadConstraints", "deploy", "placement", "preferences", i)
	}
	if p.MaxReplicas > 0 {
		s.dropped("Kubernetes has no limit of pods on a node: topologySpreadConstraints keep them apart", "deploy", "placement", "max_replicas_per_node")
	}
}

// nodeLabel is the label of nodes for what compose calls it; empty for none.
func nodeLabel(key string) string {
	switch key {
	case "node.hostname":
		return "kubernetes.io/hostname"
	case "node.platform.os":
		return "kubernetes.io/os"
	case "node.platform.arch":
		return "kubernetes.io/arch"
	}
	label, _ := strings.CutPrefix(key, "node.labels.")
	if label == key {
		return ""
	}
	return label
}
