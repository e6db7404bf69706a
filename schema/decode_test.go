package schema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

func text(s string) *tree.Node   { return &tree.Node{Kind: tree.String, Text: s} }
func number(s string) *tree.Node { return &tree.Node{Kind: tree.Int, Text: s} }
func no() *tree.Node             { return &tree.Node{Kind: tree.Bool, Text: "false"} }
func list(elems ...*tree.Node) *tree.Node {
	n := &tree.Node{Kind: tree.List}
	for _, e := range elems {
		n.Fields = append(n.Fields, tree.Field{Value: e})
	}
	return n
}

// fields is a map of keys and values in turn.
func fields(pairs ...any) *tree.Node {
	n := &tree.Node{Kind: tree.Map}
	for i := 0; i < len(pairs); i += 2 {
		n.Fields = append(n.Fields, tree.Field{Key: pairs[i].(string), Value: pairs[i+1].(*tree.Node)})
	}
	return n
}

// web is the service of the work unit, in the long form.
func web() *tree.Node {
	probe := func(path string) *tree.Node {
		return fields("httpGet", fields("path", text(path), "port", text("http")), "periodSeconds", number("10"), "timeoutSeconds", number("1"))
	}
	return fields(
		"name", text("svc-0"),
		"image", fields("registry", text("registry.example.com/shop"), "repository", text("svc-0"), "tag", text("1.2.0")),
		"ports", fields("http", fields("containerPort", number("8080"), "port", number("80")), "metrics", fields("containerPort", number("9090"))),
		"env", fields("PORT", fields("value", text("8080")), "LOG_LEVEL", fields("value", text("info")),
			"DB_PASSWORD", fields("secret", text("svc-0"), "key", text("DB_PASSWORD")), "MODE", fields("configMap", text("svc-0"), "key", text("MODE"))),
		"probes", fields("liveness", probe("/healthz"), "readiness", probe("/ready"), "startup", no()),
		"resources", fields("requests", fields("cpu", text("100m"), "memory", text("128Mi")), "limits", fields("memory", text("256Mi"), "cpu", no())),
		"volumes", fields("data", fields("mounts", fields("/data", fields()), "size", text("10Gi"), "accessModes", list(text("ReadWriteMany")))),
		"autoscaling", fields("minReplicas", number("2"), "maxReplicas", number("10"), "cpu", number("70")),
		"replicas", no(),
		"ingress", fields("className", text("nginx"), "hosts", fields("svc-0.example.com", fields("/", fields("port", text("http")))), "tls", fields("secretName", text("svc-0-tls"))),
		"configMaps", fields("svc-0", fields("data", fields("MODE", text("prod")))),
		"secrets", fields("svc-0", fields("data", fields("DB_PASSWORD", fields("env", text("WEB_DB_PASSWORD"))))),
		"labels", fields("team", text("shop"), "app.kubernetes.io/managed-by", no()),
	)
}

func TestDecodeService(t *testing.T) {
	var s schema.Service
	if errs := tree.Decode(web(), &s); errs != nil {
		t.Fatal(errs)
	}
	if got := s.Image.String(); got != "registry.example.com/shop/svc-0:1.2.0" {
		t.Errorf("image %s", got)
	}
	if !s.Replicas.Declined || !s.Probes.Startup.Declined || s.Probes.Liveness.HTTPGet.Port.Name != "http" || !s.Resources.Limits.Get("cpu").Declined {
		t.Errorf("declined: %+v %+v", s.Replicas, s.Probes)
	}
	want := schema.Map[schema.Text]{{Key: "team", Value: schema.Text{Value: "shop"}}, {Key: "app.kubernetes.io/managed-by", Value: schema.Text{Declined: true}}}
	if diff := cmp.Diff(want, s.Labels); diff != "" {
		t.Error(diff)
	}
	var order []string
	for _, e := range s.Env {
		order = append(order, e.Key)
	}
	if diff := cmp.Diff([]string{"PORT", "LOG_LEVEL", "DB_PASSWORD", "MODE"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeRefusesTrueForWhatFalseDeclines(t *testing.T) {
	yes := &tree.Node{Kind: tree.Bool, Text: "true"}
	var s schema.Service
	errs := tree.Decode(fields("replicas", yes, "labels", fields("a", yes), "resources", yes, "env", fields("A", fields("valeu", text("x")))), &s)
	var got []string
	for _, e := range errs {
		got = append(got, schema.RefusalOf(e.Kind)+" "+e.Path.String()+": "+e.Message)
	}
	want := []string{
		"schema/invalid-value replicas: expected an integer or false, found a boolean",
		"schema/invalid-value labels.a: expected a string or false, found a boolean",
		"schema/invalid-value resources: expected a map or false, found a boolean",
		`schema/unknown-field env.A.valeu: unknown field, did you mean "value"?`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkDecodeService(b *testing.B) {
	n := web()
	b.ReportAllocs()
	for b.Loop() {
		var s schema.Service
		if errs := tree.Decode(n, &s); errs != nil {
			b.Fatal(errs)
		}
	}
}
