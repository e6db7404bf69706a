package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// chosen is what a value is that the cluster chose.
const chosen = "the cluster chose it"

// live takes out of the spec of an object in a cluster what the cluster chose.
func (s *stripper) live() {
	switch s.o.Kind {
	case "Service":
		s.liveService()
	case "Job":
		s.liveJob()
	case "PersistentVolumeClaim":
		s.drop("the cluster bound it: the claim that is there stays bound", tree.P("spec", "volumeName"))
	case "ServiceAccount":
		s.drop("the cluster makes tokens itself", tree.P("secrets"))
	case "Namespace":
		s.drop(chosen, tree.P("spec"))
		s.drop("the API server fills it in", tree.P("metadata", "labels", "kubernetes.io/metadata.name"))
	case "PersistentVolume":
		for _, field := range []string{"uid", "resourceVersion", "apiVersion"} {
			s.drop("the cluster bound it", tree.P("spec", "claimRef", field))
		}
	}
	s.finalizers()
}

// finalizers takes out those of the controllers of Kubernetes.
func (s *stripper) finalizers() {
	at := tree.P("metadata", "finalizers")
	for i := len(elements(s.o.Node.At(at))) - 1; i >= 0; i-- {
		name := s.o.Node.At(at.With(i)).Text
		if strings.HasPrefix(name, "kubernetes.io/") || strings.HasPrefix(name, "service.kubernetes.io/") {
			s.drop("a controller sets it", at.With(i))
		}
	}
	if left := s.o.Node.At(at); left != nil && len(left.Fields) == 0 {
		s.o.Node = s.o.Node.WithoutAt(at)
	}
}

// liveService keeps None as the address, which a person chose, and the ports of nodes
// that others may know.
func (s *stripper) liveService() {
	spec := s.o.Node.Get("spec")
	if text(spec, "clusterIP") != "None" {
		s.drop(chosen, tree.P("spec", "clusterIP"))
	}
	s.drop(chosen, tree.P("spec", "clusterIPs"))
	s.drop(chosen, tree.P("spec", "healthCheckNodePort"))
	if text(spec, "ipFamilyPolicy") == "SingleStack" {
		s.drop(chosen, tree.P("spec", "ipFamilyPolicy"))
		s.drop(chosen, tree.P("spec", "ipFamilies"))
	}
	kind := text(spec, "type")
	ports := spec.Get("ports")
	if kind == "NodePort" || kind == "LoadBalancer" || ports == nil || ports.Kind != tree.List {
		return
	}
	for i := range ports.Fields {
		s.drop("a Service of this type has no port on nodes", tree.P("spec", "ports", i, "nodePort"))
	}
}

// jobLabels are those by which a Job finds its pods.
var jobLabels = []string{"controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name"}

func (s *stripper) liveJob() {
	if manual := s.o.Node.At(tree.P("spec", "manualSelector")); manual != nil && manual.Text == "true" {
		return
	}
	s.drop(chosen, tree.P("spec", "selector"))
	for _, label := range jobLabels {
		s.drop(chosen, tree.P("metadata", "labels", label))
		s.drop(chosen, tree.P("spec", "template", "metadata", "labels", label))
	}
}

// ofCluster says why an object is the cluster's own and in no project; empty for others.
func ofCluster(o *Object) string {
	if owners := o.Node.At(tree.P("metadata", "ownerReferences")); owners != nil {
		for i := range owners.Fields {
			owner := owners.Fields[i].Value
			if controller := owner.Get("controller"); controller != nil && controller.Text == "true" {
				return text(owner, "kind") + " " + text(owner, "name") + " makes it"
			}
		}
	}
	live, group := isLive(o.Node), manifest.GroupOf(o.APIVersion)
	switch {
	case o.Kind == "ConfigMap" && o.Name == "kube-root-ca.crt":
		return "every namespace has it by itself"
	case o.Kind == "ServiceAccount" && o.Name == "default" && live && o.Node.At(tree.P("metadata", "annotations")) == nil && o.Node.At(tree.P("imagePullSecrets")) == nil:
		return "every namespace has it by itself"
	case o.Kind == "Service" && o.Name == "kubernetes" && text(o.Node, "metadata", "labels", "component") == "apiserver":
		return "the API server makes it"
	case o.Kind == "Secret" && text(o.Node, "type") == "kubernetes.io/service-account-token" && live:
		return "a token that the cluster made"
	case o.Kind == "Secret" && text(o.Node, "type") == "helm.sh/release.v1":
		return "Helm's record of a release"
	case live && (o.Kind == "Endpoints" || o.Kind == "EndpointSlice"):
		return "a controller makes it of a Service"
	case live && (o.Kind == "Pod" && text(o.Node, "metadata", "generateName") != ""):
		return "a controller makes it"
	case o.Kind == "Event" || live && (o.Kind == "Node" || o.Kind == "Lease" && group == "coordination.k8s.io" || o.Kind == "ControllerRevision"):
		return "the state of a cluster, no part of a project"
	case live && o.Kind == "PersistentVolume" && text(o.Node, "metadata", "annotations", "pv.kubernetes.io/provisioned-by") != "":
		return "the cluster made it for a claim"
	}
	return ""
}
