package convert

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drafted is a draft of services that name each other, of which the first says more.
func drafted(t testing.TB, n int) *Draft {
	d := NewDraft()
	for i := range n {
		more := ""
		if i == 0 {
			for j := range 40 {
				more += fmt.Sprintf("  p%d: {containerPort: %d, port: %d}\n", j, 9000+j, 9000+j)
			}
		}
		d.Services = append(d.Services, &Service{fmt.Sprintf("s%d", i), service(t, fmt.Sprintf(`
image: ghcr.io/acme/s%d:1.4.2
ports:
  http: {containerPort: 8080, port: 8080}
%sprobes: {readiness: {httpGet: {path: /, port: http}, periodSeconds: 10}}
resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 64Mi}}
env: {NEXT: {value: "http://s%d:8080"}}
files: {/etc/app.conf: {source: ../files/app.conf}}
networkPolicy: {from: [s%d], to: [s%d]}
replicas: 2
spread: none
enableServiceLinks: false
revisionHistoryLimit: 3
strategy: {type: RollingUpdate, maxSurge: 1, maxUnavailable: 0}
`, i, more, (i+1)%n, (i+n-1)%n, (i+1)%n))})
	}
	d.Files = append(d.Files, File{"files/app.conf", []byte("level: info\n")})
	return d
}

// TestShortenAmongFewer demands that a service comes to the same whether it is tried
// among all others or among those alone that it names, and that it is tried among few.
func TestShortenAmongFewer(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "nowhere")) // nothing is put on disk, for a killed run to leave
	var texts []string
	for _, width := range []float64{narrow, wide} {
		s := NewStage(drafted(t, 12))
		base, err := s.Render()
		if err != nil || len(base.Wrong) > 0 {
			t.Fatal(err, base.Findings)
		}
		if err := s.shorten(base, width); err != nil {
			t.Fatal(err)
		}
		if now, err := s.Render(); err != nil || !now.isLike(base) {
			t.Error(err, "the services come to something else")
		}
		files, err := s.draft.Tree("cue")
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, f := range files {
			fmt.Fprintf(&text, "-- %s --\n%s", f.Path, f.Data)
		}
		texts = append(texts, text.String())
	}
	if diff := cmp.Diff(texts[1], texts[0]); diff != "" {
		t.Error(diff)
	}
	s := NewStage(drafted(t, 12))
	base, err := s.Render()
	if err != nil {
		t.Fatal(err)
	}
	a := &surroundings{stage: s, base: base, services: s.draft.Services, width: narrow}
	if err := a.follow([]*trial{{service: s.draft.Service("s0")}}); err != nil || len(a.services) != 3 {
		t.Errorf("%v, tried among %d services", err, len(a.services))
	}
}

// TestRenderAgain demands that what is rendered is what the draft says now.
func TestRenderAgain(t *testing.T) {
	s := NewStage(drafted(t, 2))
	for _, image := range []string{"s:1", "s:2", "s:2"} {
		s.draft.Services[0].Root = service(t, "{image: "+image+", resources: false}")
		r, err := s.Render()
		if err != nil || !strings.Contains(string(r.YAML["s0"]), "image: "+image+"\n") {
			t.Errorf("%v, %s: %s", err, image, r.YAML["s0"])
		}
	}
	s.draft.Files = nil
	if r, err := s.Render(); err != nil || !r.Wrong["s1"] || r.Wrong["s0"] {
		t.Errorf("%v, s1 names a file that is gone: %v", err, r.Wrong)
	}
}

// BenchmarkShorten shortens services, all of which are tried with every field.
func BenchmarkShorten(b *testing.B) {
	for _, n := range []int{50, 500, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := drafted(b, n)
			before := d.remember()
			for b.Loop() {
				d.restore(before)
				if err := NewStage(d).Shorten(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
