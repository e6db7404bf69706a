package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// reference is what an object names.
type reference struct {
	kind, name string
	at         tree.Path
	isOptional bool
}

// pointer is where an object may name others.
type pointer struct {
	kind string
	path []any // "*" stands for every element of a list
}

// every stands for all elements of a list.
const every = "*"

// podPointers are those below a PodSpec.
var podPointers = []pointer{
	{"ConfigMap", []any{"volumes", every, "configMap", "name"}},
	{"Secret", []any{"volumes", every, "secret", "secretName"}},
	{"PersistentVolumeClaim", []any{"volumes", every, "persistentVolumeClaim", "claimName"}},
	{"ConfigMap", []any{"volumes", every, "projected", "sources", every, "configMap", "name"}},
	{"Secret", []any{"volumes", every, "projected", "sources", every, "secret", "name"}},
	{"Secret", []any{"volumes", every, "azureFile", "secretName"}},
	{"Secret", []any{"volumes", every, "csi", "nodePublishSecretRef", "name"}},
	{"Secret", []any{"volumes", every, "cephfs", "secretRef", "name"}},
	{"Secret", []any{"volumes", every, "rbd", "secretRef", "name"}},
	{"Secret", []any{"volumes", every, "iscsi", "secretRef", "name"}},
	{"Secret", []any{"volumes", every, "flexVolume", "secretRef", "name"}},
	{"Secret", []any{"volumes", every, "scaleIO", "secretRef", "name"}},
	{"Secret", []any{"volumes", every, "storageos", "secretRef", "name"}},
	{"Secret", []any{"imagePullSecrets", every, "name"}},
	{"ServiceAccount", []any{"serviceAccountName"}},
	{"ServiceAccount", []any{"serviceAccount"}},
}

// containerPointers are those below a container.
var containerPointers = []pointer{
	{"ConfigMap", []any{"env", every, "valueFrom", "configMapKeyRef", "name"}},
	{"Secret", []any{"env", every, "valueFrom", "secretKeyRef", "name"}},
	{"ConfigMap", []any{"envFrom", every, "configMapRef", "name"}},
	{"Secret", []any{"envFrom", every, "secretRef", "name"}},
}

// pointers are those of other kinds, from the root.
var pointers = map[string][]pointer{
	"Ingress": {
		{"Service", []any{"spec", "rules", every, "http", "paths", every, "backend", "service", "name"}},
		{"Service", []any{"spec", "defaultBackend", "service", "name"}},
		{"Secret", []any{"spec", "tls", every, "secretName"}},
	},
	"HTTPRoute":             {{"Service", []any{"spec", "rules", every, "backendRefs", every, "name"}}},
	"GRPCRoute":             {{"Service", []any{"spec", "rules", every, "backendRefs", every, "name"}}},
	"ServiceMonitor":        endpointPointers("endpoints"),
	"PodMonitor":            endpointPointers("podMetricsEndpoints"),
	"TriggerAuthentication": {{"Secret", []any{"spec", "secretTargetRef", every, "name"}}},
	"ServiceAccount":        {{"Secret", []any{"imagePullSecrets", every, "name"}}, {"Secret", []any{"secrets", every, "name"}}},
	"StatefulSet":           {{"Service", []any{"spec", "serviceName"}}},
	"Certificate":           {{"Secret", []any{"spec", "secretName"}}},
}

// endpointPointers are those of the monitors of Prometheus.
func endpointPointers(list string) (all []pointer) {
	for _, p := range []pointer{
		{"Secret", []any{"basicAuth", "username", "name"}},
		{"Secret", []any{"basicAuth", "password", "name"}},
		{"Secret", []any{"authorization", "credentials", "name"}},
		{"Secret", []any{"tlsConfig", "keySecret", "name"}},
		{"Secret", []any{"tlsConfig", "ca", "secret", "name"}},
		{"Secret", []any{"tlsConfig", "cert", "secret", "name"}},
		{"ConfigMap", []any{"tlsConfig", "ca", "configMap", "name"}},
		{"ConfigMap", []any{"tlsConfig", "cert", "configMap", "name"}},
	} {
		all = append(all, pointer{p.kind, append([]any{"spec", list, every}, p.path...)})
	}
	return all
}

// targets of scalers, by the field that names them.
var scalers = map[string]string{"HorizontalPodAutoscaler": "scaleTargetRef", "VerticalPodAutoscaler": "targetRef", "ScaledObject": "scaleTargetRef"}

// references are what an object names, in the order in which it does.
func references(o *Object) (all []reference) {
	if pod := podTemplate(o); pod != nil {
		spec := pod.With("spec")
		for _, list := range []string{"initContainers", "containers", "ephemeralContainers"} {
			for i := range elements(o.Node.At(spec.With(list))) {
				all = o.follow(all, spec.With(list, i), containerPointers)
			}
		}
		all = o.follow(all, spec, podPointers)
	}
	all = o.follow(all, nil, pointers[o.Kind])
	if field := scalers[o.Kind]; field != "" {
		at := tree.P("spec", field)
		kind := text(o.Node.At(at), "kind")
		if kind == "" {
			kind = "Deployment" // KEDA's default
		}
		all = append(all, reference{kind: kind, name: text(o.Node.At(at), "name"), at: at.With("name")})
	}
	if role := o.Node.Get("roleRef"); role != nil {
		all = append(all, reference{kind: text(role, "kind"), name: text(role, "name"), at: tree.P("roleRef", "name")})
	}
	return slices.DeleteFunc(all, func(r reference) bool { return r.name == "" })
}

// follow adds what pointers from a place lead to.
func (o *Object) follow(all []reference, from tree.Path, pointers []pointer) []reference {
	for _, p := range pointers {
		for _, at := range paths(o.Node, from, p.path) {
			all = append(all, reference{p.kind, o.Node.At(at).Text, at, isOptional(o.Node, at)})
		}
	}
	return all
}

// paths are those of all values that a pattern leads to.
func paths(n *tree.Node, from tree.Path, pattern []any) (all []tree.Path) {
	if len(pattern) == 0 {
		if found := n.At(from); found != nil && found.Kind == tree.String {
			all = append(all, from)
		}
		return all
	}
	if pattern[0] != any(every) {
		return paths(n, from.With(pattern[0]), pattern[1:])
	}
	for i := range elements(n.At(from)) {
		all = append(all, paths(n, from.With(i), pattern[1:])...)
	}
	return all
}

// isOptional reports whether it may lack what a path names.
func isOptional(n *tree.Node, at tree.Path) bool {
	optional := n.At(at[:len(at)-1].With("optional"))
	return optional != nil && optional.Text == "true"
}

// subjects are the accounts of a binding that are in its project.
func subjects(o *Object, namespace string) (all []reference) {
	for i, s := range elements(o.Node.Get("subjects")) {
		in := text(s, "namespace")
		if text(s, "kind") == "ServiceAccount" && (in == "" || in == namespace || namespace == "") {
			all = append(all, reference{kind: "ServiceAccount", name: text(s, "name"), at: tree.P("subjects", i, "name")})
		}
	}
	return all
}
