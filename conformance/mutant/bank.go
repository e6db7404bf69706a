package mutant

import (
	"go.yaml.in/yaml/v3"
)

// bank holds the values of all manifests: by key, and by key and type of owner.
type bank map[string][]*yaml.Node

// everything is the key of all values.
const everything = "*"

func (b bank) take(m manifest) {
	for _, p := range places(m.root, m.typ) {
		for _, key := range []string{everything, p.key, typedKey(&p)} {
			b[key] = append(b[key], p.node())
		}
	}
}

func typedKey(p *place) string {
	owner := plain(p.owner)
	if owner == nil {
		return "?." + p.key
	}
	return owner.String() + "." + p.key
}

// from is a copy of a value that stood under the key, nil when there is none.
func (b bank) from(w *worker, key string) *yaml.Node {
	if len(b[key]) == 0 {
		return nil
	}
	return clone(pickFrom(w, b[key]))
}
