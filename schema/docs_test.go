package schema

import (
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// everyField calls do for every field of every document; below a definition that it
// has met elsewhere it does not go again.
func everyField(do func(f Field)) {
	for _, document := range Documents {
		seen := map[string]bool{}
		var walk func(f Field)
		walk = func(f Field) {
			if f.Path != "" {
				do(f)
			}
			if name, _ := f.Definition(); name != "" {
				if seen[name] || f.IsLayer {
					return
				}
				seen[name] = true
			}
			for _, below := range f.Fields() {
				walk(below)
			}
			if each, ok := f.Each(); ok {
				walk(each)
			}
		}
		walk(document.Root())
	}
}

// notExplained are types of Kubernetes' own that nobody writes in a service: what a
// server sets.
var notExplained = []string{"ObjectMeta.", "OwnerReference.", "ManagedFieldsEntry."}

func TestEveryFieldIsDocumented(t *testing.T) {
	count := 0
	everyField(func(f Field) {
		count++
		if f.Doc == "" || f.Type() == "" {
			t.Errorf("%s %s: %q, type %q", f.Document, f.Path, f.Doc, f.Type())
		}
		if strings.ContainsAny(f.Doc, "\n\t") {
			t.Errorf("%s: %q is more than a line", f.Path, f.Doc)
		}
		isServers := slices.ContainsFunc(notExplained, func(prefix string) bool { return strings.HasPrefix(f.Key(), prefix) })
		if f.Example() == "" && f.Name != "*" && !isServers {
			t.Errorf("%s %s: there is no example, docs_examples.txt needs one for %s", f.Document, f.Path, f.Key())
		}
		if list := strings.TrimSuffix(f.Path, ".*"); f.FullExample() == "" && !isServers && list != f.Path {
			if whole, err := f.Document.Lookup(list); err != nil || whole.TakesLong(tree.List) {
				t.Errorf("%s %s: not even the list has an example", f.Document, f.Path)
			}
		}
	})
	if count < 700 {
		t.Errorf("only %d fields were looked at", count)
	}
}

// TestExamplesAreValid demands that CUE takes the example of every field.
func TestExamplesAreValid(t *testing.T) {
	all := definitions(t)
	everyField(func(f Field) {
		definition := map[Document]string{ServiceDocument: "#Service", ProjectDocument: "#Project"}[f.Document]
		example := f.FullExample()
		if example == "" || definition == "" {
			return
		}
		// A field that lacks its neighbours is no whole value yet.
		if err := cuecontext.New().CompileString(example).Unify(all.LookupPath(cue.ParsePath(definition))).Validate(); err != nil {
			t.Errorf("%s: %s: %s", f.Path, example, errors.Details(err, nil))
		}
	})
}

// TestExamplesAreUsed demands that every line of docs_examples.txt has its field.
func TestExamplesAreUsed(t *testing.T) {
	keys := map[string]bool{}
	everyField(func(f Field) { keys[f.Key()] = true })
	for key := range documented().examples {
		if !keys[key] {
			t.Errorf("docs_examples.txt: there is no field %s", key)
		}
	}
}

// TestDefaultsAreExplained demands that people can ask for every default by the name that
// the documentation has it under.
func TestDefaultsAreExplained(t *testing.T) {
	for i := range Defaults {
		f, err := ServiceDocument.Lookup(Defaults[i].Field)
		if err != nil || f.Default() != &Defaults[i] {
			t.Errorf("%s: %v, %+v", Defaults[i].Field, err, f.Default())
		}
	}
}

func TestPathsOf(t *testing.T) {
	for name, want := range map[string]string{
		"readOnlyRootFilesystem": "securityContext.readOnlyRootFilesystem", "containerPort": "ports.*.containerPort",
		"syncOptions": "argocd.syncOptions environments.*.argocd.syncOptions", "nothing": "",
	} {
		if got := strings.Join(PathsOf(name), " "); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, of := range []struct{ path, want, at, err string }{
		{"replicas", "replicas", "replicas", ""},
		{"autoscaling.behavior", "autoscaling.behavior", "autoscaling.behavior", ""},
		{"ports.http.containerPort", "ports.*.containerPort", "ports.http.containerPort", ""},
		{"ports.*.containerPort", "ports.*.containerPort", `ports["*"].containerPort`, ""},
		{"args[0]", "args.*", "args[0]", ""},
		{"args.0", "args.*", "args[0]", ""},
		{"tolerations.key", "tolerations.*.key", `tolerations["*"].key`, ""},
		{"labels.app.kubernetes.io/name", "labels.*", `labels["app.kubernetes.io/name"]`, ""},
		{`resources.limits["nvidia.com/gpu"]`, "resources.limits.*", `resources.limits["nvidia.com/gpu"]`, ""},
		{`ingress.hosts["shop.example.com"]["/"].port`, "ingress.hosts.*.*.port", `ingress.hosts["shop.example.com"]["/"].port`, ""},
		{"volumes.data.mountPath", "volumes.*.mountPath", "volumes.data.mountPath", ""},
		{"environments.prod.replicas", "environments.*.replicas", "environments.prod.replicas", ""},
		{"objects.map.metadata.name", "objects.*", "objects.map.metadata.name", ""},
		{"probes.*.*.port", "probes.liveness.httpGet.port", `probes["*"]["*"].port`, ""},
		{"probes.*.path", "", "", `probes has no field "*"`},
		{"*.port", "", "", `a service has no field "*"`},
		{"autoscaling.behaviour", "", "", `autoscaling has no field "behaviour", did you mean "behavior"?`},
		{"replicsa", "", "", `a service has no field "replicsa", did you mean "replicas"?`},
		{"livenessProbe", "", "", `a service has no field "livenessProbe"; write probes: liveness`},
		{"ports.http.containrPort", "", "", `ports.* has no field "containrPort", did you mean "containerPort"?`},
		{"replicas.x", "", "", `replicas is an integer or false: it has no field "x"`},
		{"ports[0]", "", "", "ports is a map: it has keys, no indexes"},
		{"image[0]", "", "", "image has fields, no indexes"},
		{"args.first", "", "", `args is a list: it has indexes, no key "first"`},
		{"ingress.hosts.shop.example.com", "", "", `ingress.hosts.*.* has no field "com"; a key with dots in it is written ["a.b"]`},
		{"environments.prod.environments", "", "", `environments.* has no field "environments"`},
		{"a..b", "", "", "this is no path of a field: a..b: a name is missing between dots or at an end"},
		{"", "", "", "this is no path of a field: : a name is missing between dots or at an end"},
	} {
		f, err := ServiceDocument.Lookup(of.path)
		switch {
		case err != nil && err.Error() != of.err:
			t.Errorf("%s: %v, want %s", of.path, err, of.err)
		case err == nil && (f.Path != of.want || f.At.String() != of.at):
			t.Errorf("%s: %s at %s", of.path, f.Path, f.At)
		}
	}
}

// TestLookupFindsEveryField demands that the path of a field leads to it.
func TestLookupFindsEveryField(t *testing.T) {
	everyField(func(f Field) {
		found, err := f.Document.Lookup(f.Path)
		if err != nil || found.Path != f.Path || found.Key() != f.Key() {
			t.Errorf("%s: %s, %v", f.Path, found.Path, err)
		}
	})
}

func TestPaths(t *testing.T) {
	for _, of := range []struct{ prefix, want string }{
		{"auto", "autoscaling"},
		{"autoscaling.b", "autoscaling.behavior"},
		{"env", "env envFrom environments"},
		{"ports.", "ports.*"},
		{"ports.http.cont", "ports.http.containerPort"},
		{"nothing.", ""},
		{"replicas.", ""},
	} {
		if got := strings.Join(ServiceDocument.Paths(of.prefix), " "); got != of.want {
			t.Errorf("%s: %s, want %s", of.prefix, got, of.want)
		}
	}
}

// TestDefaultsHaveFields demands that every built-in default is that of a field.
func TestDefaultsHaveFields(t *testing.T) {
	for i := range Defaults {
		isFound := false
		everyField(func(f Field) { isFound = isFound || f.Default() == &Defaults[i] })
		if !isFound {
			t.Errorf("%s: no field has the default", Defaults[i].Field)
		}
	}
}

func FuzzLookup(f *testing.F) {
	for _, seed := range []string{"replicas", "ports.*.containerPort", `a["b"][0].c`, "labels.a.b/c", "args[99999999999999999999]", "[", `"`, "environments.a.environments.b", "defaults.image.tag"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		for _, document := range Documents {
			document.Paths(path)
			found, err := document.Lookup(path)
			if err != nil {
				if strings.Contains(path, "\n") || err.Error() == "" {
					return
				}
				if strings.Contains(err.Error(), "\n") {
					t.Errorf("%q: %v", path, err)
				}
				continue
			}
			if again, err := document.Lookup(found.Path); err != nil || again.Path != found.Path {
				t.Errorf("%q leads to %s, which leads to %s: %v", path, found.Path, again.Path, err)
			}
			found.FullExample()
			if found.Takes(tree.Null) {
				t.Errorf("%q takes null", path)
			}
		}
	})
}
