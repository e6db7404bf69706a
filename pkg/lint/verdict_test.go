package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// lintWith are the findings of kgen lint over manifests, each as "LINE severity id".
func lintWith(t *testing.T, config *schema.ProjectLint, choice Choice, text string) (told []string) {
	t.Helper()
	set := validate.Set{Schemas: &custom.Schemas{}, Inputs: []validate.Input{{
		Name: "manifests.yaml", Held: []*read.Piece{{Data: []byte(text)}}, Release: apiserver.Release{Minor: versions.Newest},
	}}}
	if err := set.Judge(); err != nil {
		t.Fatal(err)
	}
	set.JudgeCustom()
	sink := &report.Sink{}
	settings := NewSettings(config, tree.P("lint"), nil, choice, sink)
	verdict := NewVerdict(report.Merge(set.Findings))
	ignores := InComments(&tree.Source{Name: "manifests.yaml"}, []byte(text))
	found := settings.Lint(NewIndex(Open, versions.Newest, nil, parseObjects(t, text)), ignores, verdict, "", 1)
	for _, f := range slices.Concat(verdict.Rest(), found, settings.JudgeIgnores(), sink.Findings) {
		told = append(told, fmt.Sprintf("%d %s %s", f.Pos.Line, f.Severity, f.ID))
	}
	slices.Sort(told)
	return told
}

// TestOneMistakeHidesNoOther: in one line stand a duplicate, which the server warns of,
// and what it refuses.
func TestOneMistakeHidesNoOther(t *testing.T) {
	pod := func(env string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: web, image: 'web:1', env: [" + env + "]}\n"
	}
	const twice, wrong = "{name: A, value: a}, {name: A, value: b}", "{name: B, valueFrom: {fieldRef: {fieldPath: metadata.nam}}}"
	only := Choice{Only: []string{"env-duplicate", "env-name-invalid"}}
	for _, test := range []struct {
		name, env string
		want      []string
	}{
		{"warning", twice, []string{"6 warning env-duplicate"}},
		{"beside an error", twice + ", " + wrong, []string{"6 error api/invalid", "6 warning env-duplicate"}},
		{"the same", "{name: 'a=b', value: a}", []string{"6 error api/invalid"}},
	} {
		if diff := cmp.Diff(test.want, lintWith(t, nil, only, pod(test.env))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if told := lintWith(t, &schema.ProjectLint{Disable: []string{"env-duplicate"}}, Choice{}, pod(twice)); slices.ContainsFunc(told, func(s string) bool {
		return strings.Contains(s, "duplicate") || strings.Contains(s, "api/")
	}) {
		t.Errorf("disabled: %q", told)
	}
}

// TestRefusedIsSaidOnce: what the server refuses no rule says again that is Refused.
func TestRefusedIsSaidOnce(t *testing.T) {
	for _, rule := range Rules() {
		refused := map[string]bool{}
		told := lintWith(t, nil, Choice{Only: []string{rule.ID}}, rule.Doc.Bad)
		for _, f := range told {
			line, what, _ := strings.Cut(f, " ")
			if strings.HasPrefix(what, "error api/") {
				refused[line] = true
			} else if refused[line] && strings.HasSuffix(what, rule.ID) {
				t.Errorf("%s is said twice: %q", rule.ID, told)
			}
		}
	}
}

// TestVerdictIgnored: what the server accepts with a warning can be ignored and
// disabled as what rules find; what it refuses cannot.
func TestVerdictIgnored(t *testing.T) {
	text := func(annotations, comment string) string {
		return "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {" + annotations + "}}\nspec:\n" +
			"  imagePullSecrets: [{name: ''}]" + comment + "\n  containers: [{name: web, image: 'web:1'}]\n"
	}
	wrong := func(comment string) string { return strings.Replace(text("", comment), "[{name: ''}]", "7", 1) }
	ignore := func(e schema.LintIgnore) *schema.ProjectLint {
		e.Rule, e.Reason = "api/warning", "so it is"
		return &schema.ProjectLint{Ignore: []schema.LintIgnore{e}}
	}
	only := func(ids ...string) Choice {
		return Choice{Only: append(ids, "unused-ignore", "unknown-rule-in-ignore")}
	}
	warning := []string{"5 warning api/warning"}
	for _, test := range []struct {
		name   string
		config *schema.ProjectLint
		choice Choice
		text   string
		want   []string
	}{
		{"not", nil, only(), text("", ""), warning},
		{"comment", nil, only(), text("", " # kgen:ignore api/warning so it is"), nil},
		{"annotation", nil, only(), text("kgen.dev/ignore: 'api/warning: so it is'", ""), nil},
		{"configuration", ignore(schema.LintIgnore{Kind: "Pod", Name: "w*", Path: "*.yaml"}), only(), text("", ""), nil},
		{"configuration for another", ignore(schema.LintIgnore{Name: "x"}), only(), text("", ""), []string{"0 warning unused-ignore", "5 warning api/warning"}},
		{"configuration for a container", ignore(schema.LintIgnore{Container: "web"}), only("naked-pod"), text("", ""), []string{"0 warning unused-ignore", "2 info naked-pod", "5 warning api/warning"}},
		{"locked", &schema.ProjectLint{Locked: []string{"api/warning"}}, only(), text("", " # kgen:ignore api/warning so it is"), []string{"5 warning api/warning", "5 warning unused-ignore"}},
		{"disabled", &schema.ProjectLint{Disable: []string{"api/warning"}}, only(), text("", ""), nil},
		{"skipped", nil, Choice{Only: only().Only, Skip: []string{"api/warning"}}, text("", ""), nil},
		{"severity", &schema.ProjectLint{Severity: schema.Map[string]{{Key: "api/warning", Value: "info"}}}, only(), text("", ""), []string{"5 info api/warning"}},
		{"unused", nil, only(), text("", " # kgen:ignore api/warning,api/deprecated so it is"), []string{"5 warning unused-ignore"}},
		{"refused", nil, only(), wrong(" # kgen:ignore api/decode so it is"), []string{"5 error api/decode", "5 warning unused-ignore"}},
		{"refused by configuration", &schema.ProjectLint{Disable: []string{"api/decode"}}, only(), wrong(""), []string{"0 error lint/unknown-rule", "5 error api/decode"}},
		{"no such id", nil, only(), text("", " # kgen:ignore api/warnings so it is"), []string{"5 warning api/warning", "5 warning unknown-rule-in-ignore"}},
		{"deprecated", nil, only(), strings.ReplaceAll("# kgen:ignore api/removed,api/unknown-kind old\n"+text("", ""), "v1", "v9"), []string{"1 warning unused-ignore", "1 warning unused-ignore", "3 error api/unknown-kind"}},
	} {
		if diff := cmp.Diff(test.want, lintWith(t, test.config, test.choice, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestCoveredIsSaidOnce: of two rules that find one cause the stronger speaks.
func TestCoveredIsSaidOnce(t *testing.T) {
	restricted := "---\n{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {pod-security.kubernetes.io/enforce: restricted}}}\n"
	for _, test := range []struct {
		name  string
		rules []string
		text  string
		want  []string
	}{
		{"request by which is scaled", []string{"hpa-missing-request", "no-cpu-request"}, hpaMissingRequest.Doc.Bad, []string{"26 error hpa-missing-request"}},
		{"weaker alone", []string{"no-cpu-request"}, hpaMissingRequest.Doc.Bad, []string{"26 warning no-cpu-request"}},
		{"root in a restricted namespace", []string{"pss-run-as-user", "run-as-root"}, runAsRoot.Doc.Bad + restricted, []string{"9 error pss-run-as-user"}},
		{"directory of the system", []string{"hostpath-sensitive", "hostpath-volume"}, hostpathSensitive.Doc.Bad, []string{"14 error hostpath-sensitive"}},
		{"only read", []string{"hostpath-sensitive", "hostpath-volume"}, strings.Replace(hostpathSensitive.Doc.Bad, "kubernetes\n", "kubernetes\n      readOnly: true\n", 1), []string{"15 warning hostpath-sensitive"}},
		{"ignored", []string{"hostpath-sensitive", "hostpath-volume"}, strings.Replace(hostpathSensitive.Doc.Bad, "# <-", "# kgen:ignore hostpath-sensitive so it is", 1), nil},
		{"fraction", []string{"quantity-suspicious"}, quantitySuspicious.Doc.Bad, []string{"15 error quantity-suspicious", "17 error quantity-suspicious"}},
	} {
		if diff := cmp.Diff(test.want, lintWith(t, nil, Choice{Only: test.rules}, test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
