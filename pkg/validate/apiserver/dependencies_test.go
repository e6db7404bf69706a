package apiserver

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// The registry packages of Kubernetes bring etcd and the kubelet's client: they
// would double what kgen links.
var forbidden = regexp.MustCompile(`^k8s\.io/kubernetes/pkg/(registry|kubelet|controlplane)/|^go\.etcd\.io/|^k8s\.io/client-go/kubernetes|^k8s\.io/cri-`)

func TestFewDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) < 100 || len(packages) > 500 {
		t.Errorf("%d packages, want no more than 500", len(packages))
	}
	for _, p := range packages {
		if forbidden.MatchString(p) {
			t.Errorf("depends on %s", p)
		}
	}
}
