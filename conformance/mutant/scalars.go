package mutant

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// changeValue puts another scalar in place of one: mostly one that people write
// under such a key.
func (w *worker) changeValue() bool {
	p, ok := w.place(isScalar)
	if !ok {
		return false
	}
	p.set(w.valueFor(&p))
	w.note("value", p.path, p.node().Value)
	return true
}

// valueFor is a scalar for a place.
func (w *worker) valueFor(p *place) *yaml.Node {
	switch n := w.IntN(100); {
	case n < 62:
		if pool := poolOf(p); len(pool) > 0 {
			return raw(pickFrom(w, pool))
		}
	case n < 80:
		if found := w.parts.from(w, p.key); found != nil && found.Kind == yaml.ScalarNode {
			return found
		}
	}
	return raw(pickFrom(w, sortPool(sortOf(p.typ))))
}

// changeEntryKey changes a key of a Go map: a label, a resource, a file name.
func (w *worker) changeEntryKey() bool {
	p, ok := w.place(func(p *place) bool { return p.inMap() && isEntry(p) })
	if !ok {
		return false
	}
	key := pickFrom(w, keyPool(p.path))
	p.parent.Content[p.at-1] = raw(key)
	w.note("entry-key", p.path, key)
	return true
}

func isEntry(p *place) bool {
	owner := plain(p.owner)
	return owner != nil && owner.Kind().String() == "map"
}

func (w *worker) setWord() bool {
	p, ok := w.place(isScalar)
	if !ok {
		return false
	}
	p.set(raw(pickFrom(w, words)))
	w.note("word", p.path, p.node().Value)
	return true
}

// words are scalars that readers of YAML take for different things.
var words = []string{
	"y", "n", "Y", "N", "yes", "no", "Yes", "NO", "on", "off", "On", "OFF", "true", "True", "TRUE", "false", "False",
	"0444", "0o444", "0x1F", "0b11", "1_000", "1e3", "1.0", "1e-3", ".5", "5.", "+1", "-0", "-0.0", ".inf", "-.Inf", ".nan",
	"2024-01-01", "2024-01-01T00:00:00Z", "12:30", "190:20:30", "1:2", "null", "Null", "~", "=", "<<", "018", "09", "0755",
	"0.0", "1E3", "1e400", "123456789012345678901234567890", "9223372036854775808", "-9223372036854775809", "18446744073709551615", "1.", "1__0",
	"!!str 5", "!!int \"5\"", "!!binary aGk=", "!!float 1", "!local x", "!!str yes", "!!bool yes", "!!null ''", "!!timestamp 2024-01-01",
}

// quote makes text of a number or a bool.
func (w *worker) quote() bool {
	p, ok := w.place(func(p *place) bool { return isScalar(p) && p.node().Style&quoted == 0 })
	if !ok {
		return false
	}
	mark := pickFrom(w, []string{`"`, `'`})
	p.set(raw(mark + strings.NewReplacer(`"`, "", `'`, "", `\`, "", "\n", " ").Replace(p.node().Value) + mark))
	w.note("quote", p.path, p.node().Value)
	return true
}

const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle

func (w *worker) unquote() bool {
	p, ok := w.place(func(p *place) bool {
		n := p.node()
		return isScalar(p) && n.Tag != rawTag && n.Style&quoted != 0 && !strings.Contains(n.Value, "\n")
	})
	if !ok {
		return false
	}
	p.set(raw(p.node().Value))
	w.note("unquote", p.path, p.node().Value)
	return true
}
