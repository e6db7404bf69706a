package validate

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// tools are the readers of files that have the form of a Kubernetes object, by
// what stands in apiVersion before the slash. No cluster has an API for them.
var tools = map[string]string{
	"abac.authorization.kubernetes.io": "the API server",
	"apiserver.config.k8s.io":          "the API server",
	"apiserver.k8s.io":                 "the API server",
	"audit.k8s.io":                     "the API server",
	"backstage.io":                     "Backstage",
	"builtin":                          "kustomize",
	"client.authentication.k8s.io":     "kubectl",
	"config.kubernetes.io":             "kustomize",
	"eksctl.io":                        "eksctl",
	"k3d.io":                           "k3d",
	"kind.x-k8s.io":                    "kind",
	"kpt.dev":                          "kpt",
	"kubeadm.k8s.io":                   "kubeadm",
	"kubectl.config.k8s.io":            "kubectl",
	"kubelet.config.k8s.io":            "the kubelet",
	"kubeproxy.config.k8s.io":          "kube-proxy",
	"kubescheduler.config.k8s.io":      "the scheduler",
	"kustomize.config.k8s.io":          "kustomize",
	"kuttl.dev":                        "kuttl",
	"skaffold":                         "Skaffold",
}

// toolOf names the tool that a document is the configuration of; empty where it
// may be an object of a cluster.
func toolOf(n *tree.Node, apiVersion, kind string) string {
	name, _, _ := strings.Cut(apiVersion, "/")
	if tool := tools[name]; tool != "" {
		return tool
	}
	switch {
	case strings.HasSuffix(name, ".config.k8s.io"):
		return "a component of Kubernetes"
	case strings.HasSuffix(name, ".admission.k8s.io"):
		return "the API server"
	case apiVersion == "v1" && kind == "Config" && (n.Get("clusters") != nil || n.Get("contexts") != nil || n.Get("users") != nil):
		return "kubectl" // a misspelt ConfigMap has none of these
	}
	return ""
}

// isMeasured reports whether the objects of an API group are what an API server of
// its own measures.
func isMeasured(group string) bool {
	return group == "metrics.k8s.io" || strings.HasSuffix(group, ".metrics.k8s.io")
}
