package compose

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// number is a number of a file: an int where it is one that fits.
func number(n *tree.Node) any {
	text, ok := n.Decimal()
	if !ok {
		return n.Text
	}
	if i, err := strconv.Atoi(text); err == nil {
		return i
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return f
	}
	return n.Text
}
