package load

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestTrace lays one service over project defaults, and asks what becomes of a field.
func TestTrace(t *testing.T) {
	for _, c := range []struct {
		defaults, service, field string
		effects                  []Effect
		by                       string // of the last step
	}{
		{"replicas: 2", "replicas: 3", "replicas", []Effect{Sets, Sets}, ""},
		{"replicas: 2", "replicas: null", "replicas", []Effect{Sets, Removes}, ""},
		{"spread: \"soft\"", "replicas: null", "replicas", []Effect{Idle}, ""},
		{"replicas: 2", "autoscaling: {maxReplicas: 3, cpu: 70}", "replicas", []Effect{Sets, Drops}, "autoscaling"},
		{"resources: limits: memory: \"1Gi\"", "resources: false", "resources.limits.memory", []Effect{Sets, Drops}, "resources"},
		{"resources: limits: memory: \"1Gi\"", "resources: limits: null", "resources.limits.memory", []Effect{Sets, Removes}, "resources.limits"},
		{"probes: liveness: httpGet: path: \"/\"", "probes: liveness: exec: command: [\"x\"]", "probes.liveness.httpGet.path", []Effect{Sets, Drops}, "probes.liveness.exec"},
		{"strategy: {maxSurge: 1, maxUnavailable: 0}", "strategy: \"Recreate\"", "strategy.maxSurge", []Effect{Sets, Drops}, "strategy.type"},
		{"strategy: \"Recreate\"", "strategy: maxSurge: 1", "strategy.type", []Effect{Sets, Drops}, "strategy.maxSurge"},
		{"env: A: {secret: \"s\", key: \"k\"}", "env: A: \"x\"", "env.A.key", []Effect{Sets, Drops}, "env.A.value"},
		{"env: A: \"a\"", "env: B: \"b\"", "env", []Effect{Sets, Merges}, ""},
		{"args: [\"a\", \"b\"]", "args: [\"c\"]", "args[1]", []Effect{Sets, Drops}, "args"},
		{"volumes: v: {mountPath: \"/a\", emptyDir: {}}", "volumes: v: mounts: \"/b\": {}", "volumes.v.mountPath", []Effect{Sets, Drops}, "volumes.v.mounts"},
	} {
		dir := t.TempDir()
		for name, data := range map[string]string{
			"kgen.cue":         "defaults: {" + c.defaults + "}",
			"services/web.cue": "image: \"web:1\"\n" + c.service,
		} {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		loaded, err := Load(Options{Paths: []string{dir}})
		if err != nil {
			t.Fatal(err)
		}
		at, err := tree.ParsePath(c.field)
		if err != nil {
			t.Fatal(err)
		}
		steps := loaded.Projects[0].Environments[0].Layered("web").Trace(at)
		if len(steps) != len(c.effects) {
			t.Errorf("%s over %s: %s: %v", c.service, c.defaults, c.field, steps)
			continue
		}
		for i, s := range steps {
			if s.Effect != c.effects[i] || !s.Pos.IsValid() {
				t.Errorf("%s over %s: %s: step %d: %v at %v", c.service, c.defaults, c.field, i, s.Effect, s.Pos)
			}
		}
		if by := steps[len(steps)-1].By.String(); by != c.by {
			t.Errorf("%s over %s: %s: by %q", c.service, c.defaults, c.field, by)
		}
	}
}
