package custom

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// maxRequest is the most bytes that the server reads of a request.
const maxRequest = 3 << 20

// maxComparisons bounds the time that enums take: each value of the object may be
// compared with each of the longest enum. It is some seconds' work.
const maxComparisons = 100_000_000

// checkObject refuses an object that the server would not read, or not be done
// with in reasonable time.
func (c *creation) checkObject() bool {
	values, size := weigh(c.manifest)
	if size > maxRequest {
		c.add(field.TooLong(nil, "", maxRequest))
	} else if values*c.version.longestEnum > maxComparisons {
		c.add(field.Forbidden(nil, fmt.Sprintf("%d values are too many for a schema with an enum of %d", values, c.version.longestEnum)))
	}
	return len(c.errors) == 0
}

// weigh counts the values of n, and the bytes that its JSON has at least.
func weigh(n *tree.Node) (values, size int) {
	if n == nil {
		return 0, 0
	}
	values, size = 1, len(n.Text)+1
	for i := range n.Fields {
		v, s := weigh(n.Fields[i].Value)
		values, size = values+v, size+s+len(n.Fields[i].Key)
	}
	return values, size
}
