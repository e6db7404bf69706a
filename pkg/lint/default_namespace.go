package lint

import (
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var metadataNamespace = tree.P("metadata", "namespace")

var defaultNamespace = Rule{
	ID: "default-namespace", Severity: report.Info, Profile: Off,
	Doc: Doc{
		Title: "object is in the namespace default, or in whichever is current",
		Why:   "everything meets there: names collide, and quotas, policies and rights are everybody's",
		Fix:   "write metadata.namespace",
		Bad: `apiVersion: v1
kind: ConfigMap
metadata: # <-
  name: web
`,
		Good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: shop
`,
		Notes: []string{"It is off unless enabled, for Helm and kustomize set the namespace as they apply."},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		kind := manifest.KindOf(o.APIVersion, o.Kind)
		switch {
		case kind != nil && kind.ClusterScoped:
		case o.Namespace == "default":
			r.At(metadataNamespace, "the namespace is default")
		case o.Namespace == "" && kind != nil:
			r.At(metadataNamespace, "no namespace is written")
		}
	},
}
