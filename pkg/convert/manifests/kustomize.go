package manifests

import (
	"regexp"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// hashSuffix is what kustomize appends to the name of a ConfigMap or Secret that it
// generates: ten hex digits, some as other letters.
// https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go
var hashSuffix = regexp.MustCompile(`-[bcdfghkmt2456789]{10}$`)

// noteKustomize tells of a name that was made of the content: kustomize made another one
// of other content, and so other pods.
func (in *input) noteKustomize(o *Object) {
	if o.Kind != "ConfigMap" && o.Kind != "Secret" || !hashSuffix.MatchString(o.Name) {
		return
	}
	fix := `take "checksum/config": false out of podAnnotations, or name it anew with hashed: true`
	if o.Kind == "Secret" {
		fix = "name it anew with hashed: true"
	}
	in.add(convert.Changed, o, tree.P("metadata", "name"),
		"kustomize makes the name of the content, so that a change replaces the pods; the name stays from now on, and a change replaces none: %s", fix)
}
