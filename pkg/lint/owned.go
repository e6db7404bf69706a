package lint

import (
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// isOwned reports whether a controller made the object of another one, as a Deployment
// makes a ReplicaSet.
func (o *Object) isOwned() bool {
	switch value := o.Value.(type) {
	case manifest.Typed:
		return len(value.GetOwnerReferences()) > 0
	case *tree.Node:
		owners := value.At(tree.P("metadata", "ownerReferences"))
		return owners != nil && owners.Kind == tree.List && len(owners.Fields) > 0
	}
	return false
}
