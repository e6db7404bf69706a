package schema

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// ParseQuantity is Kubernetes' own, but for exponents and lengths that no amount
// has: they would keep it busy for minutes.
func ParseQuantity(text string) (q resource.Quantity, ok bool) {
	const longest, longestExponent = 50, 3
	i := strings.IndexAny(text, "eE")
	if len(text) > longest || i >= 0 && len(text)-i-1 > longestExponent {
		return q, false
	}
	q, err := resource.ParseQuantity(text)
	return q, err == nil
}
