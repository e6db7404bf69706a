package diff

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

// pairRenamed tells of objects that are removed under one name and added under
// another. A ConfigMap or Secret named after what is in it is one with other content:
// then it tells what is different.
func pairRenamed(changes []*Change) []*Change {
	added := map[key][]*Change{}
	for _, c := range changes {
		if c.Action == Added {
			k := kindKey(c)
			added[k] = append(added[k], c)
		}
	}
	for _, c := range changes {
		if c.Action != Removed {
			continue
		}
		for _, other := range added[kindKey(c)] {
			if !other.isRenamed && isSameApart(c, other) {
				other.isRenamed, c.isRenamed = true, true
				c.mind(CareRenamed, "", "it seems to become %s", other.Ref())
				other.mind(CareRenamed, "", "it seems to be what %s was", c.Ref())
				other.compareWith(c)
				break
			}
		}
	}
	return changes
}

func kindKey(c *Change) key {
	return key{group: manifest.GroupOf(c.APIVersion), kind: c.Kind, namespace: c.Namespace}
}

// isSameApart reports whether two objects are the same but for their names.
func isSameApart(a, b *Change) bool {
	if base := hashedBase(a.Kind, a.Name); base != "" && base == hashedBase(b.Kind, b.Name) {
		return true
	}
	return areEqual(a.whole.get("spec"), b.whole.get("spec")) && areEqual(a.whole.get("data"), b.whole.get("data")) &&
		(a.whole.get("spec") != nil || a.whole.get("data") != nil) && a.Service == b.Service && !a.isOfHidden
}

// hashedBase is a name without the hash of the content at its end; empty for others.
func hashedBase(kind, name string) string {
	i := strings.LastIndexByte(name, '-')
	if kind != "ConfigMap" && kind != "Secret" || i < 0 || len(name)-i-1 != hashDigits || strings.Trim(name[i+1:], "0123456789abcdef") != "" {
		return ""
	}
	return name[:i]
}

// hashDigits end the name of a ConfigMap or Secret that is hashed.
const hashDigits = 10

// compareWith tells what is different from the object that this one was.
func (c *Change) compareWith(old *Change) {
	w := walker{kind: c.Kind}
	w.walk(old.whole, c.whole, nil)
	c.Fields = w.fields
}
