package templates

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// A rule says where the value at an API path comes from. Names have dots between
// them, digits are an index. In at, {NAME} is any one key or index that the place
// NAME knows, and * at the end all that lies below. In from, {NAME} is what that
// place is, and * at the end what lies below: where {containerPort} knows index 1
// as ports.metrics, ports.{containerPort}.* comes from {containerPort}.*, and so
// ports[1].hostPort from ports.metrics.hostPort. Of several rules the one counts
// that leads furthest.
type rule struct{ at, from string }

const rest = "*"

// made is the object whose values are asked for.
type made struct {
	service    *schema.Service // nil for an object of the project
	world      *schema.World
	kind, name string
}

// origin applies the rule that leads furthest along at.
func (m *made) origin(rules []rule, at tree.Path) (origin Origin, by *rule) {
	furthest, isAbove := -1, true
	for i := range rules {
		n, places, hasRest := m.match(rules[i].at, at)
		if n <= furthest {
			continue
		}
		furthest, by, isAbove = n, &rules[i], n < len(at) && !hasRest
		origin = m.resolve(by.from, places, at[:n], at[n:])
	}
	if len(origin.Path) == 0 {
		origin.Path = nil
	}
	origin.InProject = origin.InProject || m.service == nil
	if origin.Default == "" && !origin.InProject {
		origin.Default = defaultOf(origin.Path)
	}
	if m.service != nil && m.service.Release != nil {
		origin = m.inRelease(origin)
	}
	origin.IsAbove = isAbove
	return origin, by
}

// match compares the start of at, of n elements, with a pattern; n is -1 where
// they differ. What the pattern names as places is in places.
func (m *made) match(pattern string, at tree.Path) (n int, places map[string]found, hasRest bool) {
	for step := ""; pattern != ""; n++ {
		if step, pattern, _ = strings.Cut(pattern, "."); step == rest {
			return n, places, true
		}
		if n == len(at) {
			return -1, nil, false
		}
		name, isPlace := placeName(step)
		if !isPlace {
			if step != textOf(at[n]) {
				return -1, nil, false
			}
			continue
		}
		f, ok := placesByName[name](m, at[:n+1])
		if !ok {
			return -1, nil, false
		}
		if places == nil {
			places = map[string]found{}
		}
		places[name] = f
	}
	return n, places, false
}

// textOf is an element of a path as patterns have it.
func textOf(elem any) string {
	if i, ok := elem.(int); ok {
		return strconv.Itoa(i)
	}
	key, _ := elem.(string)
	return key
}

func placeName(step string) (name string, ok bool) {
	name, ok = strings.CutPrefix(step, "{")
	return strings.TrimSuffix(name, "}"), ok
}

// resolve follows from, with under behind it where it ends so. A place that at did
// not lead through is that of the object.
func (m *made) resolve(from string, places map[string]found, at, under tree.Path) Origin {
	var origin Origin
	for _, step := range strings.FieldsFunc(from, func(c rune) bool { return c == '.' }) {
		name, isPlace := placeName(step)
		switch {
		case step == rest:
			origin.Path = append(origin.Path, under...)
		case isPlace:
			p, known := places[name]
			if !known {
				p, _ = placesByName[name](m, at)
			}
			p.Path = origin.Path.With(p.Path...)
			if origin = p.Origin; p.isWhole {
				return origin
			}
		default:
			origin.Path = append(origin.Path, step)
		}
	}
	return origin
}

// defaultOf is the built-in default that fills in path, or something above it.
func defaultOf(path tree.Path) string {
	for _, d := range schema.Defaults {
		steps := strings.Split(d.Field, ".")
		addsKeys := d.Field == "labels" || d.Field == "podAnnotations" // beside those that people write
		if len(steps) <= len(path) && (len(path) == 1 || !addsKeys) && isUnder(path, steps) {
			return d.Field
		}
	}
	if own := schema.OwnPath(path); len(own) < len(path) {
		return defaultOf(own)
	}
	return ""
}

// isUnder reports whether path starts with steps, of which * is any.
func isUnder(path tree.Path, steps []string) bool {
	for i, step := range steps {
		if step != rest && step != textOf(path[i]) {
			return false
		}
	}
	return true
}

// below puts what is said of a part of an object under the path of the part.
func below(at string, rules []rule) []rule {
	moved := make([]rule, len(rules))
	for i, r := range rules {
		moved[i] = rule{strings.TrimSuffix(at+"."+r.at, "."), r.from}
	}
	return moved
}
