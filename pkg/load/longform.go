package load

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// An expander brings one layer to the long form. Nodes that change are made
// anew, for a YAML alias may put one node into two places.
type expander struct {
	sink *report.Sink
	at   []string // the keys that lead to the node at hand
}

// expand rewrites the node at hand; it returns its argument where nothing is to
// be done.
type expand func(x *expander, n *tree.Node) *tree.Node

// refuse reports n, the node at hand.
func (x *expander) refuse(n *tree.Node, id, format string, args ...any) *report.Finding {
	var at tree.Path
	for _, key := range x.at {
		at = append(at, key)
	}
	return x.sink.ErrorAt(n.Pos, id, at, format, args...)
}

// serviceForms are the fields of a service that have short forms.
var serviceForms = withContainer(map[string]expand{
	"strategy":      stringUnder("type"),
	"configMaps":    each(expandConfigMap),
	"secrets":       each(expandSecret),
	"files":         filesForm,
	"volumes":       each(expandVolume),
	"ingress":       expandIngress,
	"autoscaling":   fields(autoscalingForms),
	"httpRoutes":    each(expandRoute),
	"grpcRoutes":    each(expandRoute),
	"release":       fields(releaseForms),
	"extraServices": each(fields(map[string]expand{"ports": each(intUnder("port"))})),

	"initContainers": each(fields(extraContainerForms)),
	"sidecars":       each(fields(extraContainerForms)),
})

// extraContainerForms are those of a container beside the service's own.
var extraContainerForms = withContainer(map[string]expand{"mounts": each(stringUnder("volume")), "files": filesForm})

var filesForm = each(fields(map[string]expand{"content": expandText}))

// withContainer adds the fields with short forms that every container has.
func withContainer(forms map[string]expand) map[string]expand {
	forms["image"] = expandImage
	forms["env"] = each(expandEnvVar)
	forms["ports"] = each(intUnder("containerPort"))
	forms["resources"] = fields(map[string]expand{"requests": each(expandText), "limits": each(expandText)})
	return forms
}

// service brings a service, or a partial one, to the long form.
func (x *expander) service(n *tree.Node) *tree.Node { return fields(serviceForms)(x, n) }

// fields expands the named fields of a map.
func fields(forms map[string]expand) expand {
	return func(x *expander, n *tree.Node) *tree.Node {
		return mapFields(n, func(f *tree.Field) *tree.Node {
			if form := forms[f.Key]; form != nil {
				return x.entry(f, form)
			}
			return f.Value
		})
	}
}

// each expands every value of a map.
func each(form expand) expand {
	return func(x *expander, n *tree.Node) *tree.Node {
		return mapFields(n, func(f *tree.Field) *tree.Node { return x.entry(f, form) })
	}
}

// entry expands one value of a map; null has no form.
func (x *expander) entry(f *tree.Field, form expand) *tree.Node {
	if f.Value.Kind == tree.Null {
		return f.Value
	}
	x.at = append(x.at, f.Key)
	expanded := form(x, f.Value)
	x.at = x.at[:len(x.at)-1]
	return expanded
}

// mapFields applies change to every value of a map and returns a new map where
// any of them changed.
func mapFields(n *tree.Node, change func(*tree.Field) *tree.Node) *tree.Node {
	if n.Kind != tree.Map {
		return n
	}
	result := n
	for i := range n.Fields {
		changed := change(&n.Fields[i])
		if changed == n.Fields[i].Value {
			continue
		}
		if result == n {
			c := *n
			c.Fields = append([]tree.Field(nil), n.Fields...)
			result = &c
		}
		result.Fields[i].Value = changed
	}
	return result
}

// under wraps n into a map with one field, which stands where n stands.
func under(key string, n *tree.Node) *tree.Node {
	return &tree.Node{Kind: tree.Map, Pos: n.Pos, Fields: []tree.Field{{Key: key, KeyPos: n.Pos, Value: n}}}
}

func stringUnder(key string) expand {
	return func(_ *expander, n *tree.Node) *tree.Node {
		if n.Kind != tree.String {
			return n
		}
		return under(key, n)
	}
}

func intUnder(key string) expand {
	return func(_ *expander, n *tree.Node) *tree.Node {
		if n.Kind != tree.Int {
			return n
		}
		return under(key, n)
	}
}

// stringOrIntUnder is for ports, which have a name or a number.
func stringOrIntUnder(key string) expand {
	return func(_ *expander, n *tree.Node) *tree.Node {
		if n.Kind != tree.String && n.Kind != tree.Int {
			return n
		}
		return under(key, n)
	}
}

// expandText makes a string of a number or a boolean, with the text that was
// typed; false, which declines, stays what it is.
func expandText(x *expander, n *tree.Node) *tree.Node {
	if n.Kind == tree.Bool && n.Text == "false" {
		return n
	}
	return x.text(n)
}

// text makes a string of any scalar. A plain YAML scalar that readers take for
// different things is refused.
func (x *expander) text(n *tree.Node) *tree.Node {
	if !n.IsScalar() || n.Kind == tree.Null {
		return n
	}
	if tree.IsAmbiguous(n) {
		x.refuse(n, schema.AmbiguousScalar, "%s means different things to different YAML readers", n.Text).
			Fix = "quote it: \"" + n.Text + "\""
	}
	if n.Kind == tree.String {
		return n
	}
	return &tree.Node{Kind: tree.String, Pos: n.Pos, Text: n.Text}
}

func expandEnvVar(x *expander, n *tree.Node) *tree.Node {
	if n.IsScalar() {
		return under("value", x.text(n))
	}
	return fields(envVarForms)(x, n)
}

var envVarForms = map[string]expand{"value": (*expander).text}

// configMapSettings are the fields of a ConfigMap's long form that a person may
// write without data; their values tell them from keys of the same name.
var configMapSettings = map[string]bool{"immutable": true, "hashed": true, "existing": true}

var configMapForms = map[string]expand{"data": each((*expander).text)}

func expandConfigMap(x *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.Map {
		return n
	}
	if isConfigMapData(n) {
		return under("data", each((*expander).text)(x, n))
	}
	return fields(configMapForms)(x, n)
}

// isConfigMapData reports whether n is the short form: every value is a scalar,
// and they are not all settings.
func isConfigMapData(n *tree.Node) bool {
	settings := 0
	for _, f := range n.Fields {
		if !f.Value.IsScalar() {
			return false
		}
		if configMapSettings[f.Key] && f.Value.Kind == tree.Bool {
			settings++
		}
	}
	return settings == 0 || settings < len(n.Fields)
}

func expandSecret(x *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.Map || len(n.Fields) == 0 {
		return n
	}
	for _, f := range n.Fields {
		isSource := f.Value.Get("env") != nil || f.Value.Get("file") != nil
		isMisspelt := f.Value.Kind == tree.Map && !secretSettings[f.Key]
		if f.Value.Kind != tree.Null && !isSource && !isMisspelt {
			return fields(secretForms)(x, n)
		}
	}
	return under("data", n)
}

// secretSettings are the fields of a Secret's long form. Any
// other map is a source, be it a misspelt one.
var secretSettings = map[string]bool{
	"data": true, "type": true, "immutable": true, "hashed": true, "existing": true, "external": true, "sealed": true,
}

// volumeForms are the short forms within a volume. mountPath stays until the
// layers are merged, for it replaces the mounts it inherits.
var volumeForms = map[string]expand{
	"size":      expandText,
	"configMap": stringUnder("name"),
	"secret":    stringUnder("secretName"),
	"hostPath":  stringUnder("path"),
}

func expandVolume(x *expander, n *tree.Node) *tree.Node {
	return fields(volumeForms)(x, n)
}

var ingressForms = map[string]expand{
	"hosts":          each(each(stringOrIntUnder("port"))),
	"defaultBackend": stringOrIntUnder("port"),
	"tls":            expandTLS,
}

func expandIngress(x *expander, n *tree.Node) *tree.Node {
	return fields(ingressForms)(x, n)
}

// expandTLS takes true for the Secret of the default name, a string for its
// name; false declines and stays.
func expandTLS(_ *expander, n *tree.Node) *tree.Node {
	switch {
	case n.Kind == tree.String:
		return under("secretName", n)
	case n.Kind == tree.Bool && n.Text == "true":
		return &tree.Node{Kind: tree.Map, Pos: n.Pos}
	}
	return n
}

// project brings kgen.cue, and every partial service in it, to the long form.
func (x *expander) project(n *tree.Node) *tree.Node {
	service := (*expander).service
	return fields(map[string]expand{
		"namespace": stringUnder("name"),
		"defaults":  service,
		"environments": each(fields(map[string]expand{
			"namespace": stringUnder("name"),
			"defaults":  service,
			"services":  each(service),
		})),
	})(x, n)
}
