package validate

import (
	"regexp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// entry is what the server speaks of in a map that it names as a whole, as it does
// with labels: a key or a value. Of several problems that say the same it is the
// nth.
type entry struct {
	text string
	nth  int
}

// number tells problems that say the same apart.
func number(problems []Problem) {
	met := map[string]int{}
	for i := range problems {
		if p := &problems[i]; p.entry != nil {
			key := p.Field + " " + p.Message
			p.entry.nth = met[key]
			met[key]++
		}
	}
}

// entryIn is the path of the entry that the problem is about, where at leads to a
// map of the manifest n that has it; else at.
func (p *Problem) entryIn(n *tree.Node, at tree.Path) tree.Path {
	m := n.At(at)
	if p.entry == nil || m == nil || m.Kind != tree.Map {
		return at
	}
	if match := limited.FindStringSubmatch(p.Message); match != nil {
		return at.With(match[1])
	}
	if p.isOfKey() {
		if m.Get(p.entry.text) != nil {
			return at.With(p.entry.text)
		}
		return at
	}
	met := 0
	for i := range m.Fields {
		f := &m.Fields[i]
		if !f.Value.IsScalar() || f.Value.Text != p.entry.text {
			continue
		}
		if met == p.entry.nth {
			return at.With(f.Key)
		}
		met++
	}
	return at
}

// limited is how the server speaks of a request: it names the requests.
var limited = regexp.MustCompile(`: must be (?:less than or )?equal to (\S+) limit of `)

// isOfKey reports whether the server's words are about a key, where they are about
// a map. Those about a label's value are two.
func (p *Problem) isOfKey() bool {
	return !strings.Contains(p.Message, "a valid label must be") && !strings.Contains(p.Message, ": must be no more than")
}

// isAtKey reports whether the problem, which is at a path of a manifest, is about
// the key there and not about its value.
func (p *Problem) isAtKey(at tree.Path) bool {
	if p.ID == UnknownField || p.ID == DisabledField {
		return true
	}
	if p.entry == nil || len(at) == 0 || at[len(at)-1] != any(p.entry.text) {
		return false
	}
	isField := p.Field == p.entry.text || strings.HasSuffix(p.Field, "."+p.entry.text)
	return !isField && p.isOfKey()
}
