package convert

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestShorten takes out of two services what they come to anyway, and lifts what they
// have in common.
func TestShorten(t *testing.T) {
	d := NewDraft()
	for _, name := range []string{"web", "api"} {
		d.Services = append(d.Services, &Service{name, service(t, `
image: ghcr.io/acme/`+name+`:1.4.2
ports: {http: {containerPort: 8080, port: 8080}}
probes: {readiness: {httpGet: {path: /, port: http}, periodSeconds: 10}}
resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
replicas: 2
spread: none
enableServiceLinks: false
revisionHistoryLimit: 3
strategy: {type: RollingUpdate, maxSurge: 1, maxUnavailable: 0}
`)})
	}
	s := NewStage(d)
	before, err := s.Render()
	if err != nil || len(before.Wrong) > 0 {
		t.Fatal(err, before.Findings)
	}
	for _, step := range []func() error{s.Shorten, s.Lift} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	after, err := s.Render()
	if diff := cmp.Diff(before.YAML, after.YAML); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	files, err := d.Tree("cue")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range files {
		got[f.Path] = string(f.Data)
	}
	const readiness = "\nports: http: 8080\nprobes: readiness: {httpGet: path: \"/\", periodSeconds: 10}\n"
	want := map[string]string{
		"kgen.cue": `defaults: {
	image: registry: "ghcr.io"
	resources: requests: {cpu: "100m", memory: "64Mi"}
	spread: "none"
}
`,
		"services/web.cue": `image: "acme/web:1.4.2"` + readiness,
		"services/api.cue": `image: "acme/api:1.4.2"` + readiness,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func service(t testing.TB, text string) *tree.Node {
	t.Helper()
	sink := &report.Sink{}
	n := read.YAML(&tree.Source{Name: "x.yaml"}, []byte(text), sink)
	if n == nil {
		t.Fatal(sink.Findings)
	}
	return load.SettledForm(n)
}
