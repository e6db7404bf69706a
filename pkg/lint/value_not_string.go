package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// ValueNotString is the id of the rule about values without quotes that are no strings.
const ValueNotString = "value-not-string"

var valueNotString = Rule{
	ID: ValueNotString, Severity: report.Error, Refused: true, Fixable: true,
	Doc: Doc{
		Title: "value without quotes is no string",
		Why:   "true, 8080, 1e3, on and n are booleans and numbers in YAML, and the apply fails half way where Kubernetes wants a string",
		Fix:   "put it in quotes",
		Bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    canary: true # <-
    version: 1.10 # <-
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    env:
    - name: PORT
      value: 8080 # <-
    - name: VERBOSE
      value: on # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    canary: "true"
    version: "1.10"
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    env:
    - name: PORT
      value: "8080"
    - name: VERBOSE
      value: "on"
`,
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		for _, at := range o.Unread {
			if isTextAt(o, at) {
				r.AtUnread(at, "%s is not a string", nameOfText(at)).Mend(fix.Quote(at))
			}
		}
		if o.Node() == nil {
			return
		}
		for _, field := range []string{"labels", "annotations"} {
			entries := o.Node().At(tree.P("metadata", field))
			if entries == nil || entries.Kind != tree.Map {
				continue
			}
			for i := range entries.Fields {
				if f := &entries.Fields[i]; f.Value.Kind != tree.String && f.Value.Kind != tree.Null {
					at := tree.P("metadata", field, f.Key)
					r.AtUnread(at, "%s is not a string", f.Key).Mend(fix.Quote(at))
				}
			}
		}
	},
}

var (
	// textMaps are maps of strings.
	textMaps = []string{"labels", "annotations", "matchLabels", "nodeSelector", "stringData", "parameters", "volumeAttributes"}
	// textLists are lists of strings.
	textLists = []string{"args", "command", "hosts", "resourceNames"}
	// texts are fields that are strings wherever they are.
	texts = []string{"name", "namespace", "key", "host", "hostname", "image", "path", "mountPath", "subPath", "schedule", "serviceName", "secretName", "claimName"}
)

// isTextAt reports whether a path ends at a string.
func isTextAt(o *Object, at tree.Path) bool {
	if len(at) < 2 {
		return false
	}
	parent, _ := at[len(at)-2].(string)
	key, isKey := at[len(at)-1].(string)
	switch {
	case !isKey:
		return slices.Contains(textLists, parent)
	case slices.Contains(textMaps, parent):
		return true
	case parent == "data" && len(at) == 2:
		return o.GroupKind() == "ConfigMap"
	case parent == "selector" && len(at) == 3:
		return o.GroupKind() == "Service" || o.GroupKind() == "ReplicationController"
	case key == "value":
		return parent == "" // in a list: of variables, headers, sysctls, tolerations
	}
	return slices.Contains(texts, key)
}

// nameOfText is how people call what stands at a path.
func nameOfText(at tree.Path) string {
	switch last := at[len(at)-1].(type) {
	case string:
		if last == "value" {
			return at[max(len(at)-3, 0):].String()
		}
		return last
	}
	return at[len(at)-2:].String()
}
