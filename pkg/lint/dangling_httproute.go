package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const gatewayGroup = "gateway.networking.k8s.io"

var danglingHTTPRoute = Rule{
	ID: "dangling-httproute", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"GRPCRoute." + gatewayGroup, "HTTPRoute." + gatewayGroup, "TCPRoute." + gatewayGroup, "TLSRoute." + gatewayGroup, "UDPRoute." + gatewayGroup},
	Doc: Doc{
		Title: "route of a Gateway leads nowhere",
		Why:   "the route is accepted, and every request for it is answered with 500",
		Fix:   "name a Service and a port that it has, a Gateway and a listener, and allow references across namespaces by a ReferenceGrant",
		Bad: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
  - backendRefs:
    - name: website # <-
      port: 80
    - name: web
      port: 8080 # <-
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`,
		Good: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
  - backendRefs:
    - name: web
      port: 80
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`,
		Notes: []string{
			"A Gateway is missed in a closed world, or where another Gateway is among the objects; a route that kgen makes of a service names one of the cluster's, and only the latter counts; a ReferenceGrant where the Service of the other namespace is.",
			"The Services of the projects that kgen.cue names, and their ReferenceGrants, are among the objects; other namespaces that a route of a service leads to are the cluster's.",
			"Backends and parents of other kinds are not looked at.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		spec := o.Node().Get("spec")
		for i, parent := range elementsOf(spec.Get("parentRefs")) {
			checkParent(readRouteRef(parent.Value, o, gatewayGroup, "Gateway", tree.P("spec", "parentRefs", i)), all, r)
		}
		for i, rule := range elementsOf(spec.Get("rules")) {
			at := tree.P("spec", "rules", i)
			for j, backend := range elementsOf(rule.Value.Get("backendRefs")) {
				checkRouteBackend(readRouteRef(backend.Value, o, "", "Service", at.With("backendRefs", j)), all, r)
			}
			for j, filter := range elementsOf(rule.Value.Get("filters")) {
				if mirror := filter.Value.Get("requestMirror").Get("backendRef"); mirror != nil {
					checkRouteBackend(readRouteRef(mirror, o, "", "Service", at.With("filters", j, "requestMirror", "backendRef")), all, r)
				}
			}
		}
	},
}

// routeRef is what a route names.
type routeRef struct {
	group, kind, namespace, name, section string
	port                                  int32
	at                                    tree.Path
}

// readRouteRef reads a reference of a route, with the group and kind that it has where
// they are not written.
func readRouteRef(n *tree.Node, o *Object, group, kind string, at tree.Path) routeRef {
	ref := routeRef{group, kind, o.Namespace, textOf(n.Get("name")), textOf(n.Get("sectionName")), numberOf(n.Get("port")), at}
	if written := n.Get("group"); written != nil {
		ref.group = textOf(written)
	}
	if written := textOf(n.Get("kind")); written != "" {
		ref.kind = written
	}
	if written := textOf(n.Get("namespace")); written != "" {
		ref.namespace = written
	}
	return ref
}

func checkParent(ref routeRef, all *Index, r *Reporter) {
	const kind = "Gateway." + gatewayGroup
	if ref.group != gatewayGroup || ref.kind != "Gateway" || ref.name == "" {
		return
	}
	if all.Lacks(r.object, kind, ref.namespace, ref.name) {
		if all.World == Closed && !r.object.IsMade || len(all.Kind(kind)) > 0 {
			r.At(ref.at.With("name"), "there is no Gateway %s", ref.name)
		}
		return
	}
	gateway := all.Find(r.object, kind, ref.namespace, ref.name)
	if gateway == nil || ref.section == "" {
		return
	}
	listeners := elementsOf(gateway.Node().Get("spec").Get("listeners"))
	if !slices.ContainsFunc(listeners, func(l tree.Field) bool { return textOf(l.Value.Get("name")) == ref.section }) {
		r.At(ref.at.With("sectionName"), "Gateway %s has no listener %s", ref.name, ref.section).And(gateway, tree.P("spec", "listeners"))
	}
}

func checkRouteBackend(ref routeRef, all *Index, r *Reporter) {
	if ref.group != "" || ref.kind != "Service" || ref.name == "" {
		return
	}
	isAbroad := spaceOf(ref.namespace) != r.object.space()
	if all.Lacks(r.object, "Service", ref.namespace, ref.name) {
		// What a service leads to in a namespace that kgen does not see is the cluster's.
		if !isAbroad || !r.object.IsMade || all.inSpace[kindSpace{"Service", spaceOf(ref.namespace)}] {
			r.At(ref.at.With("name"), "there is no Service %s", ref.name)
		}
		return
	}
	service := all.Find(r.object, "Service", ref.namespace, ref.name)
	if service == nil {
		return
	}
	if port, has, lacks := lackedPort(service, "", ref.port); lacks {
		r.At(ref.at.With("port"), "Service %s has no port %s, only %s", ref.name, port, has).And(service, tree.P("spec", "ports"))
	}
	if isAbroad && !all.grantsReference(r.object, service) {
		r.At(ref.at.With("namespace"), "no ReferenceGrant of namespace %s allows it", spaceOf(ref.namespace)).And(service, tree.P("metadata"))
	}
}

// grantsReference reports whether a ReferenceGrant allows an object to name a Service of
// another namespace.
func (x *Index) grantsReference(from, service *Object) bool {
	return slices.ContainsFunc(x.Kind("ReferenceGrant."+gatewayGroup), func(grant *Object) bool {
		if grant.space() != service.space() || grant.Node() == nil {
			return false
		}
		spec := grant.Node().Get("spec")
		return slices.ContainsFunc(elementsOf(spec.Get("from")), func(f tree.Field) bool {
			return textOf(f.Value.Get("group")) == gatewayGroup && textOf(f.Value.Get("kind")) == from.Kind && spaceOf(textOf(f.Value.Get("namespace"))) == from.space()
		}) && slices.ContainsFunc(elementsOf(spec.Get("to")), func(t tree.Field) bool {
			name := textOf(t.Value.Get("name"))
			return textOf(t.Value.Get("group")) == "" && textOf(t.Value.Get("kind")) == "Service" && (name == "" || name == service.Name)
		})
	})
}
