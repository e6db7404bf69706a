package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// rolloutBounds are how many pods a rolling update of a Deployment of so many replicas
// makes ahead and takes away at a time. It is not ok where a bound cannot be read, or
// the strategy is another.
func rolloutBounds(d *appsv1.Deployment, replicas int) (surge, unavailable int, ok bool) {
	strategy := &d.Spec.Strategy
	if strategy.Type != "" && strategy.Type != appsv1.RollingUpdateDeploymentStrategyType {
		return 0, 0, false
	}
	quarter := intstr.FromString("25%")
	maxSurge, maxUnavailable := &quarter, &quarter
	if update := strategy.RollingUpdate; update != nil {
		maxSurge, maxUnavailable = intstr.ValueOrDefault(update.MaxSurge, quarter), intstr.ValueOrDefault(update.MaxUnavailable, quarter)
	}
	surge, surgeIsRead := scaled(maxSurge, replicas, true)
	unavailable, unavailableIsRead := scaled(maxUnavailable, replicas, false)
	if surge == 0 && unavailable == 0 {
		unavailable = 1 // or nothing would ever move: the controller does the same
	}
	return surge, unavailable, surgeIsRead && unavailableIsRead
}

// scaled is a number, or a percentage of a total.
func scaled(value *intstr.IntOrString, total int, roundUp bool) (n int, ok bool) {
	n, err := intstr.GetScaledValueFromIntOrPercent(value, total, roundUp)
	return n, err == nil
}

// isZero reports whether 0 or 0 % is written.
func isZero(value *intstr.IntOrString) bool {
	n, ok := 1, value != nil
	if ok {
		n, ok = scaled(value, 100, true)
	}
	return ok && n == 0
}
