package check

import (
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const letOneGo = "set maxUnavailable: 1 alone, or podDisruptionBudget: false"

// blockedDisruption: row 12, a budget that lets no drain proceed. Beside an
// autoscaler it is judged at the fewest replicas, where a quiet service stays: one,
// where it may go to none.
func blockedDisruption(s *schema.Service, sink *report.Sink) {
	b := s.PodDisruptionBudget
	if b == nil || b.Declined {
		return
	}
	if b.MaxUnavailable != nil && b.MinAvailable == nil && isNone(*b.MaxUnavailable) {
		sink.Errorf(schema.BlockedDisruption, tree.P("podDisruptionBudget", "maxUnavailable"),
			"with maxUnavailable %s no node under a pod can ever be drained", b.MaxUnavailable.String()).Fix = letOneGo
	}
	if b.MinAvailable == nil {
		return
	}
	replicas, known := fewestReplicas(s)
	percent, isPercent := percentage(*b.MinAvailable)
	var needed int64
	switch {
	case isPercent && percent >= 100:
		known, replicas, needed = true, max(replicas, 1), max(replicas, 1)
	case isPercent: // the disruption controller rounds up
		needed = (percent*replicas + 99) / 100
	default:
		needed = int64(b.MinAvailable.IntVal)
	}
	if !known || replicas == 0 || needed < replicas {
		return
	}
	at := tree.P("podDisruptionBudget", "minAvailable")
	if isPercent && percent >= 100 {
		sink.Errorf(schema.BlockedDisruption, at, "minAvailable %s lets no pod go", b.MinAvailable.String()).Fix = letOneGo
		return
	}
	sink.Errorf(schema.BlockedDisruption, at, "minAvailable %s lets no pod go with %d running", b.MinAvailable.String(), replicas).Fix = letOneGo
}

// fewestReplicas is how many pods there are at least; somebody else may decide.
func fewestReplicas(s *schema.Service) (n int64, known bool) {
	switch {
	case !s.Autoscaling.IsHorizontal() && (s.Replicas == nil || s.Replicas.Declined):
		return 0, false
	case s.Autoscaling.IsHorizontal() && s.Autoscaling.MinReplicas == nil:
		return 1, true
	}
	n = int64(s.MinReplicas())
	if s.Autoscaling.IsHorizontal() {
		n = max(n, 1)
	}
	return n, true
}

// percentage is the number in "25%".
func percentage(v intstr.IntOrString) (int64, bool) {
	digits, isPercent := strings.CutSuffix(v.StrVal, "%")
	if v.Type != intstr.String || !isPercent {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	return n, err == nil
}
