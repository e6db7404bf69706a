package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// choice is a set of fields of which one has to stand in a place; "*" in the
// place is every entry of a map and every element of a list.
type choice struct {
	in     []string
	fields []string
	lack   string // what is missing without one
}

var sourceOfSecret = []string{"env", "file"}

// choices are those that the check of layers leaves open: it sees two of a set,
// but not that no layer has one. Probes have a check of their own.
var choices = []choice{
	{[]string{"env", "*"}, []string{"value", "secret", "configMap", "field", "resource"}, "the variable has no source"},
	{[]string{"envFrom", "*"}, []string{"secret", "configMap"}, "it takes from nothing"},
	{[]string{"files", "*"}, []string{"content", "source", "binary", "secret"}, "the file has no content"},
	{[]string{"files", "*", "secret"}, sourceOfSecret, "the value has no source"},
	{[]string{"lifecycle", "postStart"}, []string{"exec", "httpGet", "tcpSocket", "sleep"}, "the hook does nothing"},
	{[]string{"lifecycle", "preStop"}, []string{"exec", "httpGet", "tcpSocket", "sleep"}, "the hook does nothing"},
	{[]string{"secrets", "*"}, []string{"data", "existing", "external", "sealed"}, "the Secret has no content"},
	{[]string{"secrets", "*", "data", "*"}, sourceOfSecret, "the value has no source"},
	{[]string{"volumes", "*"}, []string{"size", "claim", "emptyDir", "configMap", "secret", "hostPath", "nfs", "csi", "projected", "ephemeral"}, "the volume has no kind"},
}

// unmadeChoices: what has to be one of several, and is none.
func unmadeChoices(_ *schema.Service, sink *report.Sink) {
	root := sink.At(nil)
	for i := range choices {
		choices[i].check(root, choices[i].in, nil, sink)
	}
	for _, field := range [...]string{"initContainers", "sidecars"} {
		others := root.Get(field)
		if others == nil || others.Kind != tree.Map {
			continue
		}
		for i := range others.Fields {
			of := &others.Fields[i]
			for j := range choices {
				choices[j].check(of.Value, choices[j].in, tree.P(field, of.Key), sink)
			}
		}
	}
}

// check follows the rest of the place below n, which is at a path.
func (c *choice) check(n *tree.Node, in []string, at tree.Path, sink *report.Sink) {
	switch {
	case n == nil || n.IsScalar():
	case len(in) == 0:
		for _, name := range c.fields {
			if f := n.Get(name); f != nil && f.Kind != tree.Null {
				return
			}
		}
		last := len(c.fields) - 1
		sink.KeyErrorf(schema.MissingField, at, "%s", c.lack).
			Fix = "add one of " + strings.Join(c.fields[:last], ", ") + " and " + c.fields[last]
	case in[0] != "*":
		c.check(n.Get(in[0]), in[1:], at.With(in[0]), sink)
	default:
		for i := range n.Fields {
			var entry any = n.Fields[i].Key
			if n.Kind == tree.List {
				entry = i
			}
			c.check(n.Fields[i].Value, in[1:], at.With(entry), sink)
		}
	}
}
