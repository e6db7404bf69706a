package effective

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// defaultOf is the built-in default that is about a field, the one that knows it most
// exactly, else the first about what lies below it; nil where kgen has none.
func defaultOf(at tree.Path) *schema.Default {
	var found *schema.Default
	length := 0
	for i := range schema.Defaults {
		d := &schema.Defaults[i]
		pattern := strings.Split(d.Field, ".")
		switch {
		case len(pattern) > length && isUnder(at, pattern):
			found, length = d, len(pattern)
		case found == nil && len(pattern) > len(at) && isUnder(at, pattern[:len(at)]):
			found = d
		}
	}
	if own := schema.OwnPath(at); found == nil && len(own) < len(at) {
		return defaultOf(own)
	}
	return found
}

// isOf reports whether a default can be said not to apply to a field that is not set. Of
// an entry that nobody made, and of one that lies further below, that tells nothing.
func isOf(d *schema.Default, v *Value) bool {
	pattern := strings.Split(d.Field, ".")
	if len(pattern) <= len(v.Path) {
		return true
	}
	return !slices.Contains(pattern[len(v.Path):], "*") && (len(v.Steps) > 0 || !slices.Contains(pattern[:len(v.Path)], "*"))
}

// isUnder reports whether a path leads to what a pattern means, or below it.
func isUnder(at tree.Path, pattern []string) bool {
	if len(at) < len(pattern) {
		return false
	}
	for i, name := range pattern {
		if name != "*" && at[i] != any(name) {
			return false
		}
	}
	return true
}

// fillTemplates fills in the defaults that stand in no field, for the templates have
// them: a service with its own fields set so renders to the same.
func fillTemplates(n *tree.Node, s *schema.Service) {
	for c := range s.PodContainers() {
		fillPorts(n.At(c.Path.With("ports")))
	}
	fillBackends(n.At(tree.P("ingress", "hosts")), s)
	if tls := n.At(tree.P("ingress", "tls")); tls != nil && tls.Kind == tree.Map && tls.Get("secretName") == nil {
		set(tls, "secretName", text(s.TLSSecretName()))
	}
	fillTexts(n, "labels", templates.WorkloadLabels(s))
	sum := templates.ConfigChecksum(s)
	if sum == "" {
		return
	}
	for key, value := range templates.PodTemplate(s).Annotations {
		if value == sum {
			fillTexts(n, "podAnnotations", map[string]string{key: value})
		}
	}
}

func fillPorts(ports *tree.Node) {
	if ports == nil {
		return
	}
	for i := range ports.Fields {
		if p := ports.Fields[i].Value; p.Get("port") == nil && p.Get("containerPort") != nil {
			set(p, "port", p.Get("containerPort"))
		}
	}
}

func fillBackends(hosts *tree.Node, s *schema.Service) {
	if hosts == nil || s.Ingress == nil {
		return
	}
	for _, host := range s.Ingress.Hosts {
		for _, path := range host.Value {
			n := hosts.At(tree.P(host.Key, path.Key))
			if n == nil || n.Kind != tree.Map || n.Get("port") != nil {
				continue
			}
			switch _, port := s.BackendTarget(path.Value); {
			case port.Name != "":
				set(n, "port", text(port.Name))
			case port.Number != 0:
				set(n, "port", &tree.Node{Kind: tree.Int, Text: strconv.Itoa(int(port.Number))})
			}
		}
	}
}

// fillTexts adds what the map called field does not say yet.
func fillTexts(n *tree.Node, field string, values map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		have := n.Get(field)
		if have == nil {
			have = &tree.Node{Kind: tree.Map}
			set(n, field, have)
		}
		if have.Get(key) == nil {
			set(have, key, text(values[key]))
		}
	}
}

func text(s string) *tree.Node { return &tree.Node{Kind: tree.String, Text: s} }

func set(n *tree.Node, key string, value *tree.Node) { n.Set(key, tree.Pos{}, value) }
