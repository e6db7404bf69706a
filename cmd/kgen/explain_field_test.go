package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/schema"
)

// TestNoFieldIsARule demands that no name explain knows has two meanings but in a
// service and in kgen.cue.
func TestNoFieldIsARule(t *testing.T) {
	fields := aboutFields(nil).names
	for _, topic := range []topics{aboutRules(), aboutVerdicts(), aboutRefusals()} {
		for _, name := range topic.names {
			if slices.Contains(fields, name) {
				t.Errorf("%s is a field, and the id of a finding", name)
			}
		}
	}
}

// TestRefusedFields demands that refusals are told of fields that there are, each by
// an id that there is.
func TestRefusedFields(t *testing.T) {
	for _, refused := range refusedFields {
		if !slices.ContainsFunc(schema.Refusals, func(r schema.Refusal) bool { return r.ID == refused.id }) {
			t.Errorf("there is no %s", refused.id)
		}
		for _, path := range refused.paths {
			if _, err := schema.ServiceDocument.Lookup(strings.Replace(path, "probes.*.*", "probes.readiness.httpGet", 1)); err != nil {
				t.Errorf("%s: %v", refused.id, err)
			}
		}
	}
}

// FuzzExplain explains whatever people type: one text, or an error of one line.
func FuzzExplain(f *testing.F) {
	for _, seed := range []string{"replicas", "ports.http.containerPort", "autoscaling.behaviour", "lint.profile", "labels.a/b", "x[", `a["\x00"]`, "no-liveness-probe", "environments.prod.environments", ".", "defaults.defaults", "env.*.*.*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		text, err := explain(name, nil)
		switch {
		case err != nil && strings.ContainsAny(err.Error(), "\n") && !strings.ContainsAny(name, "\n"):
			t.Errorf("%q: %v", name, err)
		case err == nil && !strings.HasSuffix(text, "\n"):
			t.Errorf("%q: %q", name, text)
		}
		for _, path := range fieldPaths(nil, name) {
			if !strings.HasPrefix(path, name) {
				t.Errorf("%q is completed to %q", name, path)
			}
		}
	})
}
