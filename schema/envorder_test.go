package schema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEnvRefs(t *testing.T) {
	for value, want := range map[string]string{
		"":                      "",
		"plain":                 "",
		"$(A)":                  "A",
		"$(A)-$(B)-$(A)":        "A B A",
		"postgres://$(U):$(P)@": "U P",
		"$$(A)":                 "",
		"$$$(A)":                "A",
		"$$$$(A)":               "",
		"$A $":                  "",
		"$(A":                   "",
		"$(A $(B)":              "A $(B",
		"$()":                   "",
	} {
		if got := strings.Join(EnvRefs(value), " "); got != want {
			t.Errorf("EnvRefs(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestOrderEnv(t *testing.T) {
	for _, test := range []struct{ name, env, want, cycle string }{
		{"as written", "B=1 A=2", "B A", ""},
		{"backward reference stays", "A=1 B=$(A)", "A B", ""},
		{"moved just before its first use", "X=1 URL=$(HOST) Y=2 HOST=h Z=3", "X HOST URL Y Z", ""},
		{"in order of reference", "URL=$(B)$(A) A=1 B=2", "B A URL", ""},
		{"chain", "A=$(B) B=$(C) C=1", "C B A", ""},
		{"shared", "A=$(C) B=$(C) C=1", "C A B", ""},
		{"unknown reference", "A=$(NONE) B=1", "A B", ""},
		{"escaped reference", "A=$$(B) B=1", "A B", ""},
		{"self", "P=$(P):/x A=1", "P A", "P"},
		{"cycle", "X=1 A=$(B) B=$(C) C=$(B)", "X C B A", "B C"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ordered, cycle := OrderEnv(envOf(test.env))
			var names []string
			for _, e := range ordered {
				names = append(names, e.Key)
			}
			if diff := cmp.Diff(test.want, strings.Join(names, " ")); diff != "" {
				t.Errorf("order (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.cycle, strings.Join(cycle, " ")); diff != "" {
				t.Errorf("cycle (-want +got):\n%s", diff)
			}
		})
	}
}

// envOf reads "NAME=value NAME=value".
func envOf(s string) Map[EnvVar] {
	var env Map[EnvVar]
	for _, assignment := range strings.Fields(s) {
		name, value, _ := strings.Cut(assignment, "=")
		env = append(env, Entry[EnvVar]{name, EnvVar{Value: &value}})
	}
	return env
}
