package validate

import (
	"fmt"
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

func workload(kind, spec string) string {
	return "apiVersion: apps/v1\nkind: " + kind + "\nmetadata: {name: d}\nspec: {" + spec + "}\n"
}

// exportedJob has what the server gave it.
func exportedJob(metadata, spec string) string {
	return "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j, " + metadata + "}\nspec: {" + spec + "template: {metadata: {labels: {batch.kubernetes.io/controller-uid: abc, controller-uid: abc, job-name: old}}, " +
		"spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}\n"
}

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
			[]string{`api/invalid spec.template.labels at spec.template.metadata.labels["c d"]`}},
		{"volumes behind claim templates", 36, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: d}\nspec:\n  serviceName: d\n  selector: {matchLabels: {a: b}}\n" +
			"  volumeClaimTemplates: [{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]\n" +
			"  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}], volumes: [{name: x_y, emptyDir: {}}]}}\n",
			[]string{"api/invalid spec.template.spec.volumes[1].name at spec.template.spec.volumes[0].name"}},
		{"no selector", 36, workload("Deployment", "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}"), []string{"api/required spec.selector"}},
		{"no selector and no containers", 36, workload("Deployment", "template: {metadata: {labels: {a: b}}, spec: {containers: []}}"),
			[]string{"api/required spec.selector", "api/required spec.template.spec.containers"}},
		{"a selector that selects nothing else", 36, workload("Deployment", "selector: {matchLabels: {a: c}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}"),
			[]string{"api/invalid spec.template.metadata.labels"}},
		{"a selector without matchLabels", 36, workload("Deployment", "selector: {a: b}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}"), []string{"api/unknown-field spec.selector.a"}},
		{"an operator", 36, workload("DaemonSet", "selector: {matchExpressions: [{key: a, operator: Is}]}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}"),
			[]string{"api/invalid spec.selector.matchExpressions[0].operator"}},
		{"fields in the wrong place", 36, "apiVersion: apps/v1\nkind: Deployment\nname: d\nspec: {containers: [{name: a, image: b}], selector: {matchLabels: {a: b}}, template: {labels: {a: b}}}\n",
			[]string{"api/unknown-field name", "api/unknown-field spec.containers", "api/unknown-field spec.template.labels"}},
		{"a misspelt port of a probe", 36, pod("{containers: [{name: a, image: b, livenessProbe: {httpGet: {prot: 80}}}]}"), []string{"api/unknown-field spec.containers[0].livenessProbe.httpGet.prot"}},
		{"names of other fields", 36, pod("{containers: [{name: a, image: b, ports: [{port: 80}], volumeMounts: [{name: v, path: /x}], envFrom: [{configMap: {}}]}], volumes: [{name: v, emptyDir: {}}]}"),
			[]string{"api/unknown-field spec.containers[0].ports[0].port", "api/unknown-field spec.containers[0].volumeMounts[0].path", "api/unknown-field spec.containers[0].envFrom[0].configMap"}},
		{"an unreadable limit", 36, pod("{containers: [{name: a, image: b, resources: {limits: {memory: 10G i}, requests: {memory: 20Gi}}}]}"), []string{"api/decode spec.containers[0].resources.limits.memory"}},
		{"an exceeded limit", 36, pod("{containers: [{name: a, image: b, resources: {limits: {cpu: 1, memory: 1}, requests: {cpu: 2, memory: 2}}}]}"),
			[]string{"api/invalid spec.containers[0].resources.requests at spec.containers[0].resources.requests.cpu", "api/invalid spec.containers[0].resources.requests at spec.containers[0].resources.requests.memory"}},
		{"an unreadable claim", 36, "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {accessModes: ReadWriteOnce, resources: {requests: {storage: 10G i}}}\n",
			[]string{"api/decode spec.accessModes", "api/decode spec.resources.requests.storage"}},
		{"a claim's size in the wrong place", 36, "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {storage: 10Gi}\n", []string{"api/unknown-field spec.storage", "api/required spec.accessModes"}},
		{"two that exclude each other beside an unknown field", 36, "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p}\nspec: {minAvailable: 1, maxUnavailable: 1, selector: {app: x}}\n",
			[]string{"api/unknown-field spec.selector.app", "api/invalid spec"}},
		{"missing and therefore wrong", 36, "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}, metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 80}}}]}\n",
			[]string{"api/required spec.maxReplicas", "api/required spec.metrics[0].resource.target.type"}},
		{"the fields of the old Ingress", 36, "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {serviceName: a, servicePort: 80}}]}}]}\n",
			[]string{"api/unknown-field spec.rules[0].http.paths[0].backend.serviceName", "api/unknown-field spec.rules[0].http.paths[0].backend.servicePort"}},
		{"a job with its restart policy in the wrong place", 36, "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {restartPolicy: Never, template: {spec: {containers: [{name: a, image: b}]}}}\n", []string{"api/unknown-field spec.restartPolicy"}},
		{"an exported job", 36, exportedJob("resourceVersion: '1'", "selector: {matchLabels: {batch.kubernetes.io/controller-uid: abc}}, "), []string{"api/invalid spec.selector", "api/forbidden metadata.resourceVersion"}},
		{"an exported job without the selector", 36, exportedJob("uid: x", ""),
			[]string{`api/invalid spec.template.metadata.labels[batch.kubernetes.io/controller-uid] at spec.template.metadata.labels["batch.kubernetes.io/controller-uid"]`}},
		{"a patch", 36, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {$patch: replace, containers: [{name: a, $patch: delete, imagee: x}]}}}\n",
			[]string{"api/unknown-field spec.template.spec.$patch", "api/unknown-field spec.template.spec.containers[0].imagee"}},
		{"labels", 36, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, labels: {a: 'b c', b: 'b c', 'x y': z, '': z}, annotations: {'x y': z}}\ndata: {'a b': c}\n",
			[]string{`api/invalid data[a b] at data["a b"]`, `api/invalid metadata.annotations at metadata.annotations["x y"]`,
				"api/invalid metadata.labels at metadata.labels.a", "api/invalid metadata.labels at metadata.labels.b", `api/invalid metadata.labels at metadata.labels[""]`, `api/invalid metadata.labels at metadata.labels["x y"]`}},
		{"an address of the other family", 36, "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {clusterIP: 'fd00::1', ports: [{port: 80}]}\n", []string{"api/warning spec.clusterIP"}},
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
				line := fmt.Sprint(problems[i].Finding(object, nil, tree.Pos{}))
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
							t.Errorf("no place for %v", sink.Findings[0])
						}
					}
				})
			})
		})
	})
}
