package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// largestExact is the largest value whose fractions anybody writes; Value is exact to
// there.
const largestExact = 1 << 40

// isFraction reports whether a quantity is no whole number.
func isFraction(q *resource.Quantity) bool {
	whole := q.Value() // rounded up
	return whole < largestExact && q.CmpInt64(whole) != 0
}

// isBytes reports whether a resource is counted in bytes.
func isBytes(name corev1.ResourceName) bool {
	return name == corev1.ResourceMemory || name == corev1.ResourceEphemeralStorage || name == corev1.ResourceStorage ||
		strings.HasPrefix(string(name), corev1.ResourceHugePagesPrefix)
}

// mixedUnits reports a request in Mi whose limit is in M, or the other way round.
func mixedUnits(r *Reporter, res *resourcesAt) {
	request, isRequested := res.Requests[corev1.ResourceMemory]
	limit, isLimited := res.Limits[corev1.ResourceMemory]
	if isRequested && isLimited && (request.Format == resource.BinarySI) != (limit.Format == resource.BinarySI) && request.Value() >= mebibyte && limit.Value() >= mebibyte {
		r.At(res.at.With("limits", "memory"), "%s: the request %s and the limit %s count in different units", res.name, &request, &limit).
			As(report.Info).Container = res.of
	}
}

func fractionOfBytes(r *Reporter, amounts corev1.ResourceList, at tree.Path) {
	if amount, isSet := amounts[corev1.ResourceStorage]; isSet && isFraction(&amount) {
		r.At(at.With("storage"), "%s of storage is a fraction of a byte", &amount)
	}
}
