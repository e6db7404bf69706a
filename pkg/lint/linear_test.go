package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// The time that these take for 2n of something is to be twice that for n.

// benchmarkTwice lints n and 2n of what write writes, each in a directory of its own.
func benchmarkTwice(b *testing.B, n int, write func(text *strings.Builder, i int)) {
	for _, count := range []int{n, 2 * n} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			var text strings.Builder
			for i := range count {
				write(&text, i)
			}
			source := &tree.Source{Name: "a.yaml"}
			objects := readable(source, text.String())
			for i, o := range objects {
				o.Dir = fmt.Sprint(i * count / len(objects))
			}
			for b.Loop() {
				settings := Settings{Rules: everyRule()}
				all := NewIndex(Open, 30, nil, objects)
				settings.Lint(all, InComments(source, []byte(text.String())), nil, "", 1)
				settings.JudgeIgnores()
			}
		})
	}
}

const ofPod = "spec: {hostPID: true, containers: [{name: a, image: a}]}}}}\n"

func BenchmarkDanglingSelectors(b *testing.B) {
	benchmarkTwice(b, 1000, func(text *strings.Builder, i int) {
		fmt.Fprintf(text, "---\n{apiVersion: v1, kind: Service, metadata: {name: a%d}, spec: {selector: {app: b%d}}}\n", i, i)
		fmt.Fprintf(text, "---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a%d}, spec: {podSelector: {matchLabels: {app: b%d}}, policyTypes: [Egress], egress: [{ports: [{port: 1}]}]}}\n", i, i)
		fmt.Fprintf(text, "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a%d}, spec: {minAvailable: 1, selector: {matchLabels: {app: b%d}}}}\n", i, i)
		fmt.Fprintf(text, "---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: a%d}, spec: {template: {metadata: {labels: {app: a%d}}, %s", i, i, ofPod)
	})
}

func BenchmarkIgnoreAnnotations(b *testing.B) {
	benchmarkTwice(b, 1000, func(text *strings.Builder, i int) {
		fmt.Fprintf(text, "---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: a%d, annotations: {%s: 'host-pid: it looks'}}, spec: {template: {%s", i, AnnotationKey, ofPod)
	})
}

// BenchmarkIgnoreComments has some that are text.
func BenchmarkIgnoreComments(b *testing.B) {
	benchmarkTwice(b, 1000, func(text *strings.Builder, i int) {
		fmt.Fprintf(text, "---\n# kgen:ignore host-pid it looks\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: a%d}, spec: {template: {%s", i, ofPod)
		fmt.Fprintf(text, "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a%d}, data: {a: '\n  # kgen:ignore host-pid in a text'}}\n", i)
	})
}

// BenchmarkAlternatives has the same objects in each directory.
func BenchmarkAlternatives(b *testing.B) {
	benchmarkTwice(b, 1000, func(text *strings.Builder, _ int) {
		fmt.Fprintf(text, "---\n{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}}}\n")
		fmt.Fprintf(text, "---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [Egress]}}\n")
		fmt.Fprintf(text, "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 1, selector: {matchLabels: {app: a}}}}\n")
		fmt.Fprintf(text, "---\n{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}, spec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}}\n")
		fmt.Fprintf(text, "---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, %s", ofPod)
	})
}
