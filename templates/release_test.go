package templates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// switched is a service in whose place the active side is filled in; the idle side has
// as many pods, or its own number.
const switched = `
image: {repository: shop, tag: "1"}
ports: {http: {containerPort: 8080}}
probes: {readiness: {httpGet: {path: /}}}
resources: {requests: {cpu: 100m, memory: 64Mi}}
podDisruptionBudget: {}
topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
networkPolicy: {from: [web]}
ingress: {hosts: {shop.example.com: {/: {port: http}}}}
`

// TestFlip makes the other side active: the selectors of two Services change and, where
// the idle side has replicas of its own, two sizes. No other byte does.
func TestFlip(t *testing.T) {
	for _, tt := range []struct {
		name, more string
		want       []string
	}{
		{"same size", "replicas: {value: 3}\nrelease: {blueGreen: {active: ACTIVE, green: {image: {tag: \"2\"}}}}", []string{
			"Service/web kgen.dev/slot: blue -> green",
			"Service/web-preview kgen.dev/slot: green -> blue",
		}},
		{"own replicas", "release: {blueGreen: {active: ACTIVE, blue: {replicas: 1}, green: {image: {tag: \"2\"}, replicas: 1}}}", []string{
			"Service/web kgen.dev/slot: blue -> green",
			"Service/web-preview kgen.dev/slot: green -> blue",
			"Deployment/web-blue replicas: 2 -> 1",
			"Deployment/web-green replicas: 1 -> 2",
		}},
		{"autoscaling", "autoscaling: {minReplicas: 4, maxReplicas: 8, cpu: 70}\nrelease: {blueGreen: {active: ACTIVE, blue: {replicas: 1}, green: {replicas: 2}}}", []string{
			"Service/web kgen.dev/slot: blue -> green",
			"Service/web-preview kgen.dev/slot: green -> blue",
			"HorizontalPodAutoscaler/web-blue minReplicas: 4 -> 1",
			"HorizontalPodAutoscaler/web-green minReplicas: 2 -> 4",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			more := strings.Replace(tt.more, "replicas: {value: 3}", "replicas: 3", 1)
			blue := objectsOf(t, switched+strings.Replace(more, "ACTIVE", schema.Blue, 1))
			green := objectsOf(t, switched+strings.Replace(more, "ACTIVE", schema.Green, 1))
			if diff := cmp.Diff(tt.want, differences(t, blue, green)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCanaryLeavesTheServiceAlone demands that all objects of a service are the same
// bytes with a canary, but for the weights of its route.
func TestCanaryLeavesTheServiceAlone(t *testing.T) {
	const route = "httpRoutes: {web: {gateway: {name: g}, paths: {/: {port: http}}}}\n"
	without := objectsOf(t, switched+route)
	with := objectsOf(t, switched+route+"release: {canary: {image: {tag: \"2\"}, weight: 10}}")
	for i, o := range without {
		if strings.Contains(o, "kind: HTTPRoute") || strings.Contains(o, "kind: NetworkPolicy") {
			continue // the policy of a service that names itself admits its canary
		}
		found := false
		for _, other := range with {
			found = found || o == other
		}
		if !found {
			t.Errorf("object %d is another one:\n%s", i, o)
		}
	}
	if len(with) != len(without)+3 { // Service, Deployment, NetworkPolicy
		t.Errorf("%d objects became %d", len(without), len(with))
	}
}

func objectsOf(t *testing.T, source string) (yaml []string) {
	t.Helper()
	s := world(t, service(t, "web", source)).Services[0].Value
	for _, o := range templates.Objects(s, nil) {
		yaml = append(yaml, string(manifest.Append(nil, o)))
	}
	return yaml
}

// differences are the lines that differ, of objects that have as many.
func differences(t *testing.T, before, after []string) (found []string) {
	t.Helper()
	if len(before) != len(after) {
		t.Fatalf("%d objects became %d", len(before), len(after))
	}
	for i := range before {
		was, is := strings.Split(before[i], "\n"), strings.Split(after[i], "\n")
		if len(was) != len(is) {
			t.Errorf("%s\nbecame\n%s", before[i], after[i])
			continue
		}
		ref := strings.TrimPrefix(was[1], "kind: ") + "/" + strings.TrimPrefix(was[3], "  name: ")
		for j := range was {
			if was[j] != is[j] {
				_, value, _ := strings.Cut(is[j], ": ")
				found = append(found, ref+" "+strings.TrimSpace(was[j])+" -> "+value)
			}
		}
	}
	return found
}
