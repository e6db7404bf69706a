package manifests

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/kgen-dev/kgen/pkg/convert"
)

func configMap(name, namespace string) string {
	text := "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n"
	if namespace != "" {
		text += "  namespace: " + namespace + "\n"
	}
	return text
}

// binding binds a role to an account of the namespace.
func binding(name, namespace string) string {
	return "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + name + "}\n---\n" +
		"apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: " + name + "}\n" +
		"roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n" +
		"subjects: [{kind: ServiceAccount, name: " + name + ", namespace: " + namespace + "}]\n"
}

func imported(t *testing.T, o Options, text string) []*Project {
	t.Helper()
	o.Paths, o.Stdin = []string{"-"}, strings.NewReader(text)
	projects, err := Convert(o)
	if err != nil {
		t.Fatal(err)
	}
	return projects
}

// TestNamespaces makes a project of each namespace.
func TestNamespaces(t *testing.T) {
	for _, test := range []struct {
		name, text string
		options    Options
		want       map[string]string // the namespace by directory
	}{
		{"none", "", Options{}, map[string]string{".": ""}},
		{"unsaid", configMap("a", ""), Options{}, map[string]string{".": ""}},
		{"one", configMap("a", "shop"), Options{}, map[string]string{".": "shop"}},
		{"two", configMap("a", "shop") + configMap("b", "data"), Options{}, map[string]string{"shop": "shop", "data": "data"}},
		{"unsaid beside another", configMap("a", "shop") + configMap("b", ""), Options{}, map[string]string{"shop": "shop", "default": ""}},
		{"unsaid beside the default", configMap("a", "default") + configMap("b", ""), Options{}, map[string]string{".": "default"}},
		{"told", configMap("a", "shop") + configMap("b", ""), Options{Namespace: "shop"}, map[string]string{".": "shop"}},
		{"where the account is", configMap("a", "") + binding("b", "shop"), Options{}, map[string]string{".": "shop"}},
		{"where two accounts are", binding("a", "shop") + binding("b", "data"), Options{}, map[string]string{".": ""}},
		{"an account beside others", configMap("a", "data") + binding("b", "shop"), Options{}, map[string]string{"data": "data", "default": ""}},
		{"impossible", configMap("a", "../x") + configMap("b", ".."), Options{}, map[string]string{".": ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := map[string]string{}
			for _, p := range imported(t, test.options, test.text) {
				got[p.Dir] = text(p.Draft.Project, "namespace")
				for _, c := range p.Compared {
					if len(c.Differences) > 0 {
						t.Error(c.Object.Ref(), c.Differences)
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOptions: a release that kgen knows stands in kgen.cue, another is an error, and so
// is a path that is not there, beside what the others hold.
func TestOptions(t *testing.T) {
	p := imported(t, Options{KubernetesVersion: "1.30"}, configMap("a", ""))[0]
	if got := text(p.Draft.Project, "kubernetesVersion"); got != "1.30" {
		t.Error(got)
	}
	if _, err := Convert(Options{KubernetesVersion: "1.3"}); err == nil || !strings.Contains(err.Error(), "1.29") {
		t.Error(err)
	}
	projects, err := Convert(Options{Paths: []string{"-", "testdata/gone.yaml"}, Stdin: strings.NewReader(configMap("a", ""))})
	if err == nil || len(projects) != 1 || len(projects[0].Compared) != 1 {
		t.Error(err, projects)
	}
}

// TestReportsStay: what is told of a file without objects is in the first project.
func TestReportsStay(t *testing.T) {
	p := imported(t, Options{}, "kind: [\n---\njust: a note\n")[0]
	if n := p.Draft.Report.Count(convert.Wrong); n != 2 || len(p.Compared) != 0 {
		t.Error(n, p.Draft.Report.Items)
	}
}

// TestTooLarge leaves out what kgen.cue would be too large with, and says so of each; the
// rest comes back.
func TestTooLarge(t *testing.T) {
	text := ""
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		text += configMap(name, "") + "data:\n  text: " + strings.Repeat("x", 1<<20) + "\n"
	}
	p := imported(t, Options{}, text)[0]
	left := 0
	for _, c := range p.Compared {
		if len(c.Differences) > 0 {
			left++
		}
	}
	if todo := p.Draft.Report.Count(convert.ToDo); left != 2 || todo != left {
		t.Errorf("%d of 5 objects are left out, and of %d it is told", left, todo)
	}
}

// TestManyObjects has a thousand workloads and Services, each of which finds its own
// among all.
func TestManyObjects(t *testing.T) {
	var x labelled
	var y selecting
	for i := range 1000 {
		set := labels.Set{"app": strconv.Itoa(i), "part": "of-all"}
		x.add(&Object{}, set)
		y.add(&Object{}, set.AsSelector())
	}
	one := labels.Set{"app": "7"}
	if len(x.find(one.AsSelector())) != 1 || len(x.find(labels.Set{"part": "of-all"}.AsSelector())) != 1000 || len(y.of(labels.Set{"app": "7", "part": "of-all"})) != 1 || len(y.of(one)) != 0 {
		t.Error("others are found")
	}
}
