package manifests

import (
	"strings"
	"testing"
)

// TestInOrders brings names into an order that agrees with all others, where there is one.
func TestInOrders(t *testing.T) {
	for _, test := range []struct{ name, names, orders, want string }{
		{"as it is", "a b", "", "a b"},
		{"claims are mounted first", "conf data", "conf|data|data conf", "data conf"},
		{"mounted twice", "a b", "a b|b a b", "a b"},
		{"no order agrees", "a b c", "a b c|c a", "a b c"},
		{"of some alone", "a b c", "b a", "b a c"},
		{"unknown ones", "a b", "x b y a", "b a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var orders [][]string
			for order := range strings.SplitSeq(test.orders, "|") {
				orders = append(orders, strings.Fields(order))
			}
			if got := strings.Join(inOrders(strings.Fields(test.names), orders...), " "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
