package versions

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// unjudged are packages of k8s.io/api whose gated fields are left out, and why.
var unjudged = map[string]string{
	"apps/v1beta1":          "gone since 1.16",
	"apps/v1beta2":          "gone since 1.16",
	"coordination/v1beta1":  "kgen has no Go type for its kinds, and it must be turned on",
	"discovery/v1beta1":     "gone since 1.25",
	"resource/v1":           "kgen has no Go type for its kinds",
	"resource/v1beta1":      "kgen has no Go type for its kinds",
	"resource/v1beta2":      "kgen has no Go type for its kinds",
	"scheduling/v1alpha2":   "kgen has no Go type for its kinds",
	"storage/v1alpha1":      "kgen has no Go type for its kinds",
	"storage/v1beta1":       "kgen has no Go type for its kinds, and what is left must be turned on",
	"core/v1.PodLogOptions": "a query, no object",
}

// notDropped are marked fields that create does not drop for the gate, and why.
var notDropped = map[string]string{
	"core/v1.PersistentVolumeClaimStatus":                              "a status, which create resets",
	"core/v1.ContainerStatus":                                          "a status, which create resets",
	"core/v1.PodStatus":                                                "a status, which create resets",
	"core/v1.ResourceHealth":                                           "part of a status, which create resets",
	"core/v1.VolumeStatus":                                             "part of a status, which create resets",
	"core/v1.TypedObjectReference.namespace":                           "in the table under the field of the claim",
	"core/v1.ResourceRequirements.claims":                              "in the table for containers; that of a pod is an error by itself",
	"core/v1.NodeStatus":                                               "kubelets write nodes",
	"storage/v1.VolumeError":                                           "part of a status, which create resets",
	"storage/v1.CSIDriverSpec.storageCapacity CSIStorageCapacity":      "the server no longer has the gate",
	"core/v1.VolumeProjection.podCertificate PodCertificateProjection": "no such gate: PodCertificateRequest decides",
}

// marker is a "+featureGate=" comment on a field.
type marker struct{ pkg, on, field, gate string }

// markers reads those of all types of k8s.io/api; it skips the test when its source
// is not at hand.
func markers(t *testing.T) (found []marker) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/api").Output()
	if err != nil || strings.TrimSpace(string(dir)) == "" {
		t.Skip("no source of k8s.io/api")
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "*", "v*", "types*.go"))
	if err != nil || len(files) == 0 {
		t.Skip("no source of k8s.io/api")
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		pkg := filepath.Base(filepath.Dir(filepath.Dir(name))) + "/" + filepath.Base(filepath.Dir(name))
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if body, ok := spec.Type.(*ast.StructType); ok {
				for _, f := range body.Fields.List {
					for _, gate := range gatesIn(f.Doc) {
						found = append(found, marker{pkg, pkg + "." + spec.Name.Name, jsonName(f), gate})
					}
				}
			}
			return false
		})
	}
	return found
}

func gatesIn(doc *ast.CommentGroup) (gates []string) {
	if doc == nil {
		return nil
	}
	for _, c := range doc.List {
		if names, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(c.Text, "//")), "+featureGate="); ok {
			gates = append(gates, strings.Split(names, ",")...)
		}
	}
	return gates
}

func jsonName(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	name, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json"), ",")
	return name
}

// TestMarkers: every field that Kubernetes marks with a gate is in the table, or
// left out for a reason; and every reason is still needed.
func TestMarkers(t *testing.T) {
	used := map[string]bool{}
	excused := func(keys ...string) bool {
		for _, key := range keys {
			if unjudged[key] != "" || notDropped[key] != "" {
				used[key] = true
				return true
			}
		}
		return false
	}
	for _, m := range markers(t) {
		on := strings.Replace(m.on, "EphemeralContainerCommon", "EphemeralContainer", 1)
		inTable := slices.ContainsFunc(gated, func(g gatedField) bool { return g.on == on && g.field == m.field && g.gate == m.gate })
		if !inTable && !excused(m.pkg, m.on, m.on+"."+m.field, m.on+"."+m.field+" "+m.gate) {
			t.Errorf("%s %s needs %s, the table does not say so", m.on, m.field, m.gate)
		}
	}
	for _, reasons := range []map[string]string{unjudged, notDropped} {
		for key := range reasons {
			if !used[key] {
				t.Errorf("%s: excused for nothing", key)
			}
		}
	}
}
