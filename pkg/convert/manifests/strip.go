package manifests

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// serverMetadata are the fields of the metadata that the API server fills in.
var serverMetadata = []string{
	"uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields",
	"ownerReferences",
}

// serverAnnotations are those that kubectl and the controllers of Kubernetes set; a
// prefix ends in a slash.
var serverAnnotations = []string{
	"kubectl.kubernetes.io/last-applied-configuration", "kubectl.kubernetes.io/restartedAt", "deployment.kubernetes.io/", "autoscaling.alpha.kubernetes.io/",
	"pv.kubernetes.io/", "volume.kubernetes.io/", "volume.beta.kubernetes.io/storage-provisioner", "deprecated.daemonset.template.generation",
	"endpoints.kubernetes.io/", "batch.kubernetes.io/job-tracking", "control-plane.alpha.kubernetes.io/",
}

// Why a value is left out.
const (
	filledIn = "the API server fills it in"
	set      = "kubectl or a controller sets it"
)

// isLive reports whether an object comes from a cluster, which gave it an identity.
func isLive(n *tree.Node) bool {
	return text(n, "metadata", "uid") != "" || text(n, "metadata", "resourceVersion") != ""
}

// strip takes out of an object what its cluster filled in, and reports it.
func (in *input) strip(o *Object) {
	o.isLive = isLive(o.Node)
	s := stripper{in: in, o: o}
	s.drop("what a controller says", tree.P("status"))
	for _, field := range serverMetadata {
		s.drop(filledIn, tree.P("metadata", field))
	}
	s.annotations(metadataPath, serverAnnotations)
	for _, template := range templatePaths(o) {
		s.drop(filledIn, template.With("metadata", "creationTimestamp"))
		s.annotations(template.With("metadata"), serverAnnotations)
		spec := template.With("spec")
		if name := text(o.Node, spec.With("serviceAccountName")...); name != "" && name == text(o.Node, spec.With("serviceAccount")...) {
			s.drop(filledIn, spec.With("serviceAccount")) // its name before Kubernetes 1.0
		}
	}
	if o.isLive {
		s.live()
	}
	s.claims()
	s.tell()
}

// stripper takes values out of one object.
type stripper struct {
	in *input
	o  *Object
	// paths are what was taken out by one reason, in their order.
	reasons []string
	paths   map[string][]string
	pos     map[string]tree.Pos
}

// drop takes out what a path leads to, and its parents that hold nothing else.
func (s *stripper) drop(reason string, at tree.Path) {
	n := s.o.Node.At(at)
	if n == nil {
		return
	}
	if isSaid := n.Kind != tree.Null && !(n.Kind == tree.Map && len(n.Fields) == 0); isSaid {
		if s.paths == nil {
			s.paths, s.pos = map[string][]string{}, map[string]tree.Pos{}
		}
		if s.paths[reason] == nil {
			s.reasons = append(s.reasons, reason)
			s.pos[reason] = s.o.Node.Nearest(at, true)
		}
		s.paths[reason] = append(s.paths[reason], at.String())
	}
	s.o.Node = s.o.Node.WithoutAt(at)
	if parent := s.o.Node.At(at[:len(at)-1]); len(at) > 2 && parent.Kind == tree.Map && len(parent.Fields) == 0 {
		s.o.Node = s.o.Node.WithoutAt(at[:len(at)-1])
	}
}

// tell reports what was taken out, by reason.
func (s *stripper) tell() {
	for _, reason := range s.reasons {
		s.in.report.Add(convert.Item{
			Outcome: convert.Dropped, Pos: s.pos[reason], Path: s.o.Ref() + " " + strings.Join(s.paths[reason], ", "), Message: reason, IsRoutine: true,
		})
	}
}

// annotations takes out those that nobody wrote.
func (s *stripper) annotations(metadata tree.Path, known []string) {
	at := metadata.With("annotations")
	for _, key := range keys(s.o.Node.At(at)) {
		isServers := slices.ContainsFunc(known, func(a string) bool {
			return key == a || strings.HasSuffix(a, "/") && strings.HasPrefix(key, a)
		})
		if isServers {
			s.drop(set, at.With(key))
		}
	}
}

// claims takes out what the server says of each claim template.
func (s *stripper) claims() {
	at := tree.P("spec", "volumeClaimTemplates")
	list := s.o.Node.At(at)
	if s.o.Kind != "StatefulSet" || list == nil || list.Kind != tree.List {
		return
	}
	for i := range list.Fields {
		for _, field := range []string{"status", "apiVersion", "kind"} {
			s.drop(filledIn, at.With(i, field))
		}
		s.drop(filledIn, at.With(i, "metadata", "creationTimestamp"))
	}
}

// keys are those of a map.
func keys(n *tree.Node) (keys []string) {
	if n == nil || n.Kind != tree.Map {
		return nil
	}
	for i := range n.Fields {
		keys = append(keys, n.Fields[i].Key)
	}
	return keys
}

// templatePaths lead to the pod templates of an object.
func templatePaths(o *Object) []tree.Path {
	switch o.Kind {
	case "Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet", "ReplicationController":
		return []tree.Path{tree.P("spec", "template")}
	case "CronJob":
		return []tree.Path{tree.P("spec", "jobTemplate"), tree.P("spec", "jobTemplate", "spec", "template")}
	}
	return nil
}
