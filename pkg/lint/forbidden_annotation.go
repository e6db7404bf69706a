package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var forbiddenAnnotation = Rule{
	ID: "forbidden-annotation", Severity: report.Warning, Profile: Off,
	Params: []Param{
		{Name: "annotations", Default: []string{"kubectl.kubernetes.io/last-applied-configuration"}, Doc: `the annotations: "KEY", or for some values only "KEY=REGEXP"`, Check: checkKey},
		{Name: kindsParam.Name, Default: []string(nil), Doc: kindsParam.Doc},
	},
	Doc: Doc{
		Title: "object has an annotation that nobody is to set",
		Why:   "it belongs to a controller, or switches off what all agreed on",
		Fix:   "remove the annotation",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}" # <-
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
`,
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		eachAgreed(o, r, "annotations", func(a *agreedKey) {
			if value, isSet := o.Annotations()[a.key]; isSet && (a.value == nil || a.value.MatchString(value)) {
				r.At(tree.P("metadata", "annotations", a.key), "annotation %s", a.key)
			}
		})
	},
}
