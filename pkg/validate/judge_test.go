package validate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// judged are the ids and fields of the problems of a manifest, in the order told.
func judged(t *testing.T, minor int, text string) (told []string) {
	t.Helper()
	root := parse(t, text)
	err := Under(apiserver.Release{Minor: minor}, &custom.Schemas{}, func(j *Judge) {
		_, problems := j.Node(root)
		for i := range problems {
			p := &problems[i]
			line := p.ID + " " + p.Field
			if at := p.In(root).String(); at != p.Field {
				line += " at " + at
			}
			told = append(told, line)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func pod(spec string) string { return "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: " + spec }

// TestNode tells each mistake once, and hides none behind another.
func TestNode(t *testing.T) {
	for _, tt := range []struct {
		name  string
		minor int
		text  string
		want  []string
	}{
		{"nothing", 36, pod("{containers: [{name: a, image: b}]}"), nil},
		{"two required", 36, pod(`{containers: [{name: x, image: ""}, {name: z, ports: [{name: p}]}]}`),
			[]string{"api/required spec.containers[0].image", "api/required spec.containers[1].image", "api/required spec.containers[1].ports[0].containerPort"}},
		{"a misspelt field and its place", 36, pod("{containers: [{name: x, imagee: y}]}"), []string{"api/unknown-field spec.containers[0].imagee"}},
		{"an unknown field beside a missing one", 36, pod("{containers: [{name: x, foo: bar}]}"),
			[]string{"api/unknown-field spec.containers[0].foo", "api/required spec.containers[0].image"}},
		{"a wrong type and what lies there", 36, pod("{containers: [{name: x, image: img, ports: [{containerPort: http}]}]}"),
			[]string{"api/decode spec.containers[0].ports[0].containerPort"}},
		{"requests from limits", 36, pod("{containers: [{name: x, image: img, resources: {limits: {gpu: 1}}}]}"),
			[]string{"api/invalid spec.containers[0].resources.limits[gpu] at spec.containers[0].resources.limits.gpu",
				"api/invalid spec.containers[0].resources.limits[gpu] at spec.containers[0].resources.limits.gpu"}},
		{"a refused volume", 36, pod(`{volumes: [{name: v, hostPath: {path: /x, type: Dir}}], containers: [{name: x, image: img, volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]}]}`),
			[]string{"api/not-found spec.containers[0].volumeMounts[1].name", "api/not-supported spec.volumes[0].hostPath.type"}},
		{"a generated name", 36, "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: Bad_}\n", []string{"api/invalid metadata.generateName"}},
		{"dropped for a gate, and nothing else about it", 30, "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}], trafficDistribution: PreferSameZone}\n",
			[]string{"api/disabled-field spec.trafficDistribution"}},
		{"a path of internal types", 36, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b, c d: e}}, spec: {containers: [{name: a, image: b}]}}}\n",
			[]string{"api/invalid spec.template.labels at spec.template.metadata.labels"}},
		{"volumes behind claim templates", 36, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\nspec:\n  serviceName: d\n  selector: {matchLabels: {a: b}}\n" +
			"  volumeClaimTemplates: [{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]\n" +
			"  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}], volumes: [{name: x_y, emptyDir: {}}]}}\n",
			[]string{"api/invalid spec.template.spec.volumes[1].name at spec.template.spec.volumes[0].name"}},
		{"a warning without a path", 36, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/tls\ndata: {tls.crt: YQ==, tls.key: YQ==}\n", []string{"api/warning "}},
		{"both families", 36, "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}\n", []string{"api/warning spec.ipFamilyPolicy"}},
		{"a kind of its own", 36, "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n", []string{"api/unknown-kind kind"}},
		{"a misspelt kind", 36, "apiVersion: apps/v1\nkind: Deploymnet\nmetadata: {name: t}\n", []string{"api/unknown-kind kind"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, judged(t, tt.minor, tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNodeSaysNoSecret looks for what the server's words give away.
func TestNodeSaysNoSecret(t *testing.T) {
	for _, text := range []string{
		"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: hunter2}\n",
		"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/tls\nstringData: {tls.crt: '-----BEGIN HUNTER2-----', tls.key: hunter2}\n",
		"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: hunter2}\n",
	} {
		root := parse(t, text)
		err := Under(apiserver.Release{Minor: 36}, nil, func(j *Judge) {
			object, problems := j.Node(root)
			if len(problems) == 0 {
				t.Errorf("nothing is wrong with\n%s", text)
			}
			for i := range problems {
				line := problems[i].Text(object)
				if strings.Contains(strings.ToLower(line), "hunter2") || strings.Contains(line, "'h'") {
					t.Error(line)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestManyMistakes would not end if their time grew with the square.
func TestManyMistakes(t *testing.T) {
	for _, element := range []string{"{}", "{foo: bar}", "{name: a, image: b, ports: [{containerPort: -1}]}"} {
		root := parse(t, pod("{containers: ["+strings.Repeat(element+", ", 50_000)+"]}"))
		err := Under(apiserver.Release{Minor: 36}, nil, func(j *Judge) {
			if _, problems := j.Node(root); len(problems) < maxProblems {
				t.Errorf("%d problems of %s", len(problems), element)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzNode judges whatever can be read, and finds a place for all that it says.
func FuzzNode(f *testing.F) {
	f.Add(pod("{containers: [{name: a, image: b, foo: c, ports: [{}]}]}"))
	f.Add("apiVersion: v1\nkind: List\nitems: [{apiVersion: apps/v1, kind: Deployment}]\n")
	f.Add("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {versions: [{}]}\n")
	f.Add("apiVersion: apps/v1\nkind: StatefulSet\nspec: {volumeClaimTemplates: [{}, null], template: {spec: {volumes: [{name: a}]}}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		read.Documents(&tree.Source{Name: "x.yaml"}, []byte(text), &report.Sink{}, func(n *tree.Node) {
			Elements(n, func(e *tree.Node) {
				if !isText(e.Get("apiVersion")) || !isText(e.Get("kind")) {
					return
				}
				_ = Under(apiserver.Release{Minor: 36}, &custom.Schemas{}, func(j *Judge) {
					object, problems := j.Node(e)
					for i := range problems {
						sink := &report.Sink{Root: e}
						if problems[i].report(object, sink); !sink.Findings[0].Pos.IsValid() {
							t.Errorf("no place for %s", problems[i].Text(object))
						}
					}
				})
			})
		})
	})
}
