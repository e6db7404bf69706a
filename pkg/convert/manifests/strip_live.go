package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// chosen is what a value is that the cluster chose.
const chosen = "the cluster chose it"

// liveAnnotations are those that kubectl, Helm, and controllers set on what is in a
// cluster; a prefix ends in a slash. In a file they are a person's.
var liveAnnotations = []string{
	"kubernetes.io/change-cause", "meta.helm.sh/", "argocd.argoproj.io/tracking-id", "objectset.rio.cattle.io/", "field.cattle.io/publicEndpoints",
	"cni.projectcalico.org/", "k8s.v1.cni.cncf.io/network-status", "kubernetes.io/limit-ranger",
	"ingress.kubernetes.io/backends", "ingress.kubernetes.io/forwarding-rule", "ingress.kubernetes.io/https-forwarding-rule",
	"ingress.kubernetes.io/target-proxy", "ingress.kubernetes.io/https-target-proxy", "ingress.kubernetes.io/url-map", "ingress.kubernetes.io/ssl-cert",
	"cloud.google.com/neg-status",
}

// liveLabels are those by which Argo CD and Flux find what they applied.
var liveLabels = []string{
	"argocd.argoproj.io/instance", "kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace", "helm.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/namespace",
}

// live takes out of the spec of an object in a cluster what the cluster chose.
func (s *stripper) live() {
	s.annotations(metadataPath, liveAnnotations)
	for _, label := range liveLabels {
		s.drop(set, tree.P("metadata", "labels", label))
	}
	switch s.o.Kind {
	case "Pod":
		s.livePod()
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
		s.drop(filledIn, tree.P("metadata", "labels", "kubernetes.io/metadata.name"))
	case "PersistentVolume":
		for _, field := range []string{"uid", "resourceVersion", "apiVersion"} {
			s.drop("the cluster bound it", tree.P("spec", "claimRef", field))
		}
	}
	s.finalizers()
}

// finalizers takes out those of controllers: all of a kind of Kubernetes, where no person
// writes one, and of others those of the controllers of Kubernetes.
func (s *stripper) finalizers() {
	at := tree.P("metadata", "finalizers")
	isBuiltIn := manifest.KindOf(s.o.APIVersion, s.o.Kind) != nil
	for i := len(elements(s.o.Node.At(at))) - 1; i >= 0; i-- {
		name := s.o.Node.At(at.With(i)).Text
		if isBuiltIn || strings.HasPrefix(name, "kubernetes.io/") || strings.HasPrefix(name, "service.kubernetes.io/") {
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
	case live && isMadeOfService(o):
		return "a controller makes it of a Service"
	case live && o.Kind == "Secret" && text(o.Node, "metadata", "annotations", "cert-manager.io/certificate-name") != "":
		return "cert-manager makes it of a Certificate"
	case live && (o.Kind == "Pod" && text(o.Node, "metadata", "generateName") != ""):
		return "a controller makes it"
	case o.Kind == "Event" || live && (o.Kind == "Node" || o.Kind == "Lease" && group == "coordination.k8s.io" || o.Kind == "ControllerRevision"):
		return "the state of a cluster, no part of a project"
	case live && o.Kind == "PersistentVolume" && text(o.Node, "metadata", "annotations", "pv.kubernetes.io/provisioned-by") != "":
		return "the cluster made it for a claim"
	}
	return ""
}

// isMadeOfService reports whether a controller made endpoints of the pods that a Service
// selects. For one without a selector a person writes them.
// https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
func isMadeOfService(o *Object) bool {
	metadata := func(field, key string) string { return text(o.Node, "metadata", field, key) }
	switch o.Kind {
	case "Endpoints":
		return len(elements(o.Node.Get("subsets"))) == 0 ||
			metadata("labels", "endpoints.kubernetes.io/managed-by") == "endpoint-controller" ||
			metadata("annotations", "endpoints.kubernetes.io/last-change-trigger-time") != ""
	case "EndpointSlice":
		by := metadata("labels", "endpointslice.kubernetes.io/managed-by")
		return len(elements(o.Node.Get("endpoints"))) == 0 || by == "endpointslice-controller.k8s.io" || by == "endpointslicemirroring-controller.k8s.io"
	}
	return false
}
