package schema_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// FuzzEncode reads a service, writes it and reads that: nothing may change.
func FuzzEncode(f *testing.F) {
	files, _ := filepath.Glob("../examples/environments/services/*.yaml")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(string(data))
		}
	}
	f.Add("replicas: false\nlabels: {a: false, b: x}\nwritable: []\nresources: {limits: {memory: 1Gi}}")
	f.Add("strategy: {maxSurge: 25%, maxUnavailable: 1}\nprobes: {readiness: false, liveness: {tcpSocket: {port: 80}}}")
	f.Add("volumes: {a: {emptyDir: {sizeLimit: 1024Mi}, mounts: {/a: {}}}}\nobjects: {x: {kind: Y, n: null}}")
	f.Add("tolerations: [{key: a, tolerationSeconds: 0}, {}]\nhostNetwork: false\nsecurityContext: {capabilities: {drop: []}}")
	f.Fuzz(func(t *testing.T, text string) {
		root := read.YAML(&tree.Source{Name: "x.yaml"}, []byte(text), &report.Sink{})
		first, second := &schema.Service{}, &schema.Service{}
		if root == nil || root.Kind != tree.Map || len(tree.Decode(root, first)) > 0 {
			t.Skip()
		}
		written := tree.Encode(first)
		if errs := tree.Decode(written, second); len(errs) > 0 {
			t.Fatalf("%v in %s", errs, written.AppendJSON(nil))
		}
		if again := tree.Encode(second); string(again.AppendJSON(nil)) != string(written.AppendJSON(nil)) {
			t.Fatalf("%s became %s", written.AppendJSON(nil), again.AppendJSON(nil))
		}
		if first.Objects == nil && first.Patches == nil && !reflect.DeepEqual(quantities(first), quantities(second)) {
			t.Fatalf("%s: another service", written.AppendJSON(nil))
		}
	})
}

// quantities is s without what holds quantities, which remember how they were typed.
func quantities(s *schema.Service) *schema.Service {
	c := *s
	c.Volumes, c.Autoscaling = nil, nil
	return &c
}
