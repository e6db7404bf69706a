package versions

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestFieldLives(t *testing.T) {
	if !slices.IsSortedFunc(fieldLives, func(a, b fieldLife) int {
		return cmp.Or(strings.Compare(a.on, b.on), strings.Compare(a.field, b.field))
	}) {
		t.Error("the table is not sorted")
	}
}

func TestVanished(t *testing.T) {
	pod, claim := &corev1.Pod{}, &corev1.PersistentVolumeClaim{}
	for _, tt := range []struct {
		obj  any
		path tree.Path
		want int
	}{
		{pod, tree.P("spec", "workloadRef"), 36},
		{&appsv1.Deployment{}, tree.P("spec", "template", "spec", "workloadRef"), 36},
		{pod, tree.P("spec", "resourceClaims", 0, "source"), 31},
		{pod, tree.P("spec", "volumes", 2, "ephemeral", "readOnly"), 21},
		{pod, tree.P("metadata", "clusterName"), 25},
		{claim, tree.P("spec", "resources", "claims"), 29},
		{&corev1.Service{}, tree.P("spec", "topologyKeys"), 22},
		{&corev1.Service{}, tree.P("spec", "ipFamily"), 20},
		{pod, tree.P("spec", "hostUsers"), 0},
		{pod, tree.P("spec", "nonsense"), 0},
		{pod, tree.P("spec", "nonsense", "workloadRef"), 0},
		{pod, tree.P("spec", 3, "workloadRef"), 0},
		{pod, tree.P("metadata", "labels", "workloadRef"), 0},
		{pod, nil, 0},
		{nil, tree.P("spec"), 0},
	} {
		since, ok := Vanished(tt.obj, tt.path)
		if since != tt.want || ok != (tt.want > 0) {
			t.Errorf("%T %s: %d, %t", tt.obj, tt.path, since, ok)
		}
	}
}
