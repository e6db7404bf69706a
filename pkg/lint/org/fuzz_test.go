package org

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// FuzzRules demands that no expression and no text of people breaks anything, and that
// a server takes each policy that is made of them, with their message.
func FuzzRules(f *testing.F) {
	f.Add("object.spec.replicas > 1", "too few", "Deployment")
	f.Add("objects.all(o, o == object) && service == null", "it's \\ a\r\n\"b\" \x1b[2J \xff", "Service")
	f.Add("object[?'a'].orValue([])[0].b.exists_one(x, x.y == {'a': 1}) == true", "' + object + '", "v1.x")
	f.Add("object.metadata.name.matches(object.kind) // because", "", "Widget")
	f.Add("{'a': object.spec}['a'].replicas == int(object.spec.ports[0].port) / 0", "\u2028\x00", "Service")
	f.Fuzz(func(t *testing.T, expression, message, kind string) {
		written := schema.Map[schema.LintRule]{{Key: "r", Value: schema.LintRule{Message: message, Kinds: []string{kind}, Expression: expression}}}
		sink := &report.Sink{}
		rules := Compile(written, tree.P("rules"), versions.Newest, sink)
		if len(rules.Lint()) != 1 || (rules.list[0].program == nil) != report.HasErrors(sink.Findings) {
			t.Fatalf("%d rules, %q", len(rules.Lint()), texts(sink.Findings))
		}
		for _, line := range append(texts(sink.Findings), lintAll(t, rules, lint.NewIndex(lint.Open, versions.Newest, nil, parse(t, manifests)))...) {
			if strings.ContainsAny(line, "\n\r\x1b\x00") {
				t.Errorf("not one plain line: %q", line)
			}
		}
		objects, _ := rules.Policies(choose(rules), versions.Newest)
		checkTaken(t, objects)
	})
}
