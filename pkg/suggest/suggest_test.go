package suggest_test

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

func TestNearest(t *testing.T) {
	fields := []string{"name", "image", "ports", "port", "protocol", "containerPort", "replicas", "env", "envFrom", "readinessProbe", "livenessProbe"}
	for _, tt := range []struct{ name, want string }{
		{"protcol", "protocol"},
		{"porotcol", "protocol"},
		{"contanierPort", "containerPort"},
		{"containerport", "containerPort"},
		{"container_port", "containerPort"},
		{"Replicas", "replicas"},
		{"replica", "replicas"},
		{"readynessProbe", "readinessProbe"},
		{"env_from", "envFrom"},
		{"nmae", "name"},
		{"prots", "ports"},
		{"host", ""},
		{"x", ""},
		{"", ""},
		{"volumes", ""},
	} {
		if got := suggest.Nearest(tt.name, fields); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNearestPrefersTheExactNameInAnotherCase(t *testing.T) {
	if got := suggest.Nearest("PORTS", []string{"port", "ports"}); got != "ports" {
		t.Errorf("got %q", got)
	}
	if got := suggest.Nearest("web", []string{"wob", "wab"}); got != "wob" {
		t.Errorf("of two equally near names the first is taken, got %q", got)
	}
}
