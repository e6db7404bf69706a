package addon_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// TestPublishedSchemas holds everything that examples/addons, routes and release render against the CRDs
// that the projects publish, of which each judges something.
func TestPublishedSchemas(t *testing.T) {
	schemas := published(t)
	judged := map[string]bool{}
	err := validate.Under(apiserver.Release{Minor: schema.NewestKubernetes}, schemas, func(j *validate.Judge) {
		for _, typed := range objects(t) {
			o := manifest.Of("", tree.Pos{}, typed)
			n, isCustom := o.Value.(*tree.Node)
			if !isCustom {
				continue
			}
			judged[o.Kind] = true
			_, problems := j.Node(n)
			for i := range problems {
				t.Errorf("%s %s %s: %s", o.Kind, o.Name, problems[i].Field, problems[i].Message)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{
		"Certificate", "ExternalSecret", "GRPCRoute", "HTTPRoute", "PodMonitor", "ScaledObject", "SealedSecret", "ServiceMonitor", "TriggerAuthentication", "VerticalPodAutoscaler",
	} {
		if !judged[kind] {
			t.Errorf("the example has no %s", kind)
		}
	}
}

// published are the CRDs of testdata/crds.
func published(t *testing.T) *custom.Schemas {
	t.Helper()
	files, err := filepath.Glob("testdata/crds/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no CRDs", err)
	}
	schemas := &custom.Schemas{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sink := &report.Sink{}
		read.Documents(&tree.Source{}, data, sink, func(n *tree.Node) {
			sink.Findings = append(sink.Findings, validate.TrustCRD(schemas, n, custom.Origin{})...)
		})
		for _, f := range sink.Findings {
			t.Errorf("%s: %s", file, f.Message)
		}
	}
	return schemas
}

// objects are those of the services of the example.
func objects(t *testing.T) (objects []templates.Object) {
	t.Helper()
	loaded, err := load.Load(load.Options{Paths: []string{"../../examples/addons/...", "../../examples/routes", "../../examples/release"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range loaded.Findings {
		t.Errorf("%s: %s", f.Pos, f.Message)
	}
	for _, p := range loaded.Projects {
		for _, e := range p.Environments {
			for _, s := range e.Services {
				objects = append(objects, templates.Objects(s.Service, nil)...)
			}
		}
	}
	return objects
}
