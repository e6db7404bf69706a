package lint

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestImageOf(t *testing.T) {
	for reference, want := range map[string]image{
		"web":                           {name: "web"},
		"web:1.4":                       {name: "web", tag: "1.4"},
		"localhost:5000/web":            {name: "localhost:5000/web"},
		"localhost:5000/web:1.4":        {name: "localhost:5000/web", tag: "1.4"},
		"localhost:5000/a/web@sha256:0": {name: "localhost:5000/a/web", digest: "sha256:0"},
		"web:1.4@sha256:0":              {name: "web", tag: "1.4", digest: "sha256:0"},
		"":                              {},
	} {
		if diff := cmp.Diff(want, imageOf(reference), cmp.AllowUnexported(image{})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", reference, diff)
		}
	}
}

func TestImages(t *testing.T) {
	pod := func(image, more string) string {
		return "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {initContainers: [{name: a, image: " + image + more + "}]}}"
	}
	moves := func(tag string) []string {
		return []string{"1: warning: container a: tag " + tag + " may be another image tomorrow"}
	}
	check(t, &imageTagMutable, []ruleCase{
		{name: "latest", text: pod("'a:latest'", ""), want: moves("latest")},
		{name: "main", text: pod("'a:main'", ""), want: moves("main")},
		{name: "tags", text: pod("'a:main'", ""), options: map[string]any{"tags": []string{"latest"}}},
		{name: "digest", text: pod("'a:latest@sha256:0'", "")},
		{name: "build of a branch", text: pod("'a:main-1a2b3c4'", "")},
		{name: "empty", text: pod("''", "")},
		{name: "unread", text: pod("[]", "")},
	})
	policy := func(text string) []string { return []string{"1: warning: container a: imagePullPolicy is " + text} }
	check(t, &imagePullPolicy, []ruleCase{
		{name: "Never", text: pod("'a:1'", ", imagePullPolicy: Never"), want: policy("Never")},
		{name: "unset", text: pod("'a:latest'", "")},
		{name: "untagged", text: pod("a", ", imagePullPolicy: IfNotPresent"), want: policy("IfNotPresent, and the tag of a moves")},
		{name: "digest", text: pod("'a@sha256:0'", ", imagePullPolicy: IfNotPresent")},
		{name: "require", text: pod("'a:1'", ""), options: map[string]any{"require": "Always"}, want: policy("IfNotPresent, not Always")},
		{name: "require, latest", text: pod("a", ""), options: map[string]any{"require": "Always"}},
	})
}

func TestStatefulSetServices(t *testing.T) {
	set := workload("apps/v1", "StatefulSet", "serviceName: db,", "", "")
	service := func(spec string) string {
		return "---\n{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {" + spec + "}}\n"
	}
	check(t, &statefulsetServiceMissing, []ruleCase{
		{name: "not named", text: workload("apps/v1", "StatefulSet", "", "", ""), want: []string{"2: info: serviceName is not set: the pods have no names in DNS"}},
		{name: "open", text: set, want: []string{"2: warning: there is no Service db"}},
		{name: "closed", world: Closed, text: set, want: []string{"2: error: there is no Service db"}},
		{name: "partial", world: Partial, text: set},
		{name: "headless", text: set + service("clusterIP: None, selector: {app: web}")},
		{name: "not headless", text: set + service("selector: {app: web}"), want: []string{"2: warning: Service db is not headless"}},
		{name: "other pods", text: set + service("clusterIP: None, selector: {app: db}"), want: []string{"2: warning: Service db does not select the pods"}},
		{name: "no pods", text: set + service("clusterIP: None"), want: []string{"2: warning: Service db does not select the pods"}},
		{name: "labels of the controller", text: set + service("clusterIP: None, selector: {app: web, apps.kubernetes.io/pod-index: '0'}")},
	})
}

func TestPodDefaults(t *testing.T) {
	ndots := func(n string) []string { return []string{"2: info: ndots is " + n} }
	check(t, &dnsNdots, []ruleCase{
		{name: "max", text: web("", "", ""), options: map[string]any{"max": 5}},
		{name: "written", text: web("", "dnsConfig: {options: [{name: ndots, value: '3'}]},", ""), want: ndots("3")},
		{name: "the last counts", text: web("", "dnsConfig: {options: [{name: ndots, value: '3'}, {name: ndots, value: '1'}, {name: ndots}]},", "")},
		{name: "the node's", text: web("", "dnsPolicy: Default,", "")},
		{name: "host network", text: web("", "hostNetwork: true,", "")},
		{name: "host network in the cluster", text: web("", "hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet,", ""), want: ndots("5")},
	})
	const class = "priorityClassName: high,"
	check(t, &priorityClass, []ruleCase{
		{name: "not required", text: web("", "", ""), options: map[string]any{"required": false}},
		{name: "not allowed", text: web("", class, ""), options: map[string]any{"allowed": []string{"low"}}, want: []string{"2: info: PriorityClass high is not among those allowed"}},
		{name: "closed", world: Closed, text: web("", class, ""), want: []string{"2: error: there is no PriorityClass high"}},
		{name: "found", world: Closed, text: web("", class, "") + "---\n{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1}"},
		{name: "of every cluster", world: Closed, text: web("", "priorityClassName: system-node-critical,", "")},
	})
}
