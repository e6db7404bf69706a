package edit

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestKinds has what a text means by the field that it is typed for.
func TestKinds(t *testing.T) {
	old := func(kind tree.Kind) *tree.Node { return &tree.Node{Kind: kind} }
	for _, tt := range []struct {
		setting string
		old     *tree.Node
		want    tree.Kind
	}{
		{"replicas=3", nil, tree.Int},
		{"replicas=x", nil, tree.String}, // for the schema to refuse
		{"replicas=false", nil, tree.Bool},
		{"replicas=null", nil, tree.Null},
		{"env.PORT=8080", nil, tree.String},
		{"env.PORT=8080", old(tree.Int), tree.Int},
		{"env.PORT=08080", old(tree.Int), tree.String},
		{"env.ON=true", nil, tree.String},
		{"env.ON=true", old(tree.Bool), tree.Bool},
		{"image.tag=1.10", nil, tree.String},
		{"labels.a=true", nil, tree.String},
		{"labels.a=false", nil, tree.Bool},
		{`labels.a="false"`, nil, tree.String},
		{"resources.requests.cpu=1", nil, tree.String},
		{"resources.requests.cpu=2", old(tree.Int), tree.Int},
		{"strategy.maxSurge=2", nil, tree.Int},
		{"strategy.maxSurge=25%", nil, tree.String},
		{"ports.http=8080", nil, tree.Int},
		{`ingress.hosts["a.b"]["/"]=80`, nil, tree.Int},
		{`ingress.hosts["a.b"]["/"]=http`, nil, tree.String},
		{"configMaps.app.data.A=1", nil, tree.String},
		{"configMaps.app.A=1", nil, tree.String},
		{"objects.x.spec.replicas=3", nil, tree.Int},
		{"env={A: 1}", nil, tree.Map},
		{`args=["a"]`, nil, tree.List},
		{"env.A=", nil, tree.String},
	} {
		s, err := ParseSetting(nil, "web", tt.setting)
		if err != nil {
			t.Errorf("%s: %v", tt.setting, err)
			continue
		}
		n, err := parseValue(s.Text, s.Field, tt.old)
		if err != nil || n.Kind != tt.want {
			t.Errorf("%s: %v, %v, want %s", tt.setting, n, err, tt.want)
		}
	}
}

// FuzzParseSetting: what is typed never breaks kgen, and a literal is one.
func FuzzParseSetting(f *testing.F) {
	for _, seed := range []string{"replicas=3", `labels."a=b"=c`, "env={A: 1}", `args=["a", 1]`, "a-", "=", "env.A={", `env.A="\(x)"`, "args[0]=1", "image=:@", "image=@x:1", "secrets.a.b.env=C"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSetting(nil, "web", text)
		if err != nil || s.IsRemoval {
			return
		}
		if _, err := parseValue(s.Text, s.Field, nil); err != nil {
			t.Errorf("%q was taken, and then: %v", text, err)
		}
	})
}

func TestSettingsThatAreNotText(t *testing.T) {
	if _, err := ParseSetting(nil, "web", "env.A=\xff"); err == nil || err.Error() != `"env.A=\xff" is not UTF-8` {
		t.Error(err)
	}
}
