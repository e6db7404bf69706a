package manifests

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// fuzzed is a workload that has what others may name.
const fuzzed = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
      - {name: web, image: "a:1", ports: [{name: http, containerPort: 80}, {containerPort: 81}], envFrom: [{secretRef: {name: web}}, {configMapRef: {name: web}}]}
      volumes: [{name: data, persistentVolumeClaim: {claimName: web}}]
---
`

// FuzzFill writes whatever objects there are around a workload into its service.
func FuzzFill(f *testing.F) {
	archives, _ := filepath.Glob("testdata/kinds/*.txtar")
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(_ *testing.T, text string) {
		in := &input{minor: schema.NewestKubernetes}
		if in.documentsOf("fuzz.yaml", fuzzed+text) != nil {
			return
		}
		in.leaveDuplicates()
		in.leaveMade()
		for _, space := range in.spaces("") {
			c := &converter{draft: convert.NewDraft(), namespace: space.namespace, objects: space.objects}
			c.group()
			for _, g := range c.groups {
				s := &schema.Service{Name: g.Name}
				c.fill(g, s)
				c.draft.Add(s)
			}
		}
	})
}
