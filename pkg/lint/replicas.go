package lint

import (
	"math"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// unsetReplicas is the parameter of rules that count replicas.
var unsetReplicas = Param{
	Name: "assume-replicas-unset", Default: "one", OneOf: []string{"one", "many"},
	Doc: "how many replicas there are where spec.replicas is not written; many where something else sets it",
}

// many stands for a number of replicas that nobody knows.
const many = math.MaxInt16

var replicasAt = tree.P("spec", "replicas")

// leastReplicas is the least number of pods of a workload, with unsetReplicas heeded.
func leastReplicas(w *Workload, all *Index, r *Reporter) int {
	if w.Written == nil && len(all.Autoscalers(w)) == 0 && r.Text(unsetReplicas.Name) == "many" {
		return many
	}
	least, _ := all.Replicas(w)
	return least
}
