package lint

import "github.com/kgen-dev/kgen/pkg/report"

var nameInvalid = Rule{
	ID: "name-invalid", Severity: report.Error, Refused: true,
	Doc: Doc{
		Title: "object has a name that its kind cannot have",
		Why:   "the API server refuses it, mostly after the objects before it are applied",
		Fix:   "use lower-case letters, digits and dashes",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: Web_Config # <-
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
`,
		Notes: []string{
			"Services, Namespaces and StatefulSets have no dots either; before Kubernetes 1.36 a Service begins with a letter.",
			"Namespaces that objects are in are looked at; names of kinds without a Go type are not.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if n := nameRuleOf(o.GroupKind(), all.Minor); n != nil && o.Name != "" && !n.Accepts(o.Name) {
			r.At(metadataName, "%s", n.Complaint(o.Name))
		}
		if space := nameRuleOf("Namespace", all.Minor); o.Namespace != "" && !space.Accepts(o.Namespace) {
			r.At(metadataNamespace, "%s", space.Complaint(o.Namespace))
		}
	},
}
