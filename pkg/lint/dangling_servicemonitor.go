package lint

import (
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const podMonitorKind = "PodMonitor.monitoring.coreos.com"

var danglingServiceMonitor = Rule{
	ID: "dangling-servicemonitor", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{podMonitorKind, "ServiceMonitor.monitoring.coreos.com"},
	Doc: Doc{
		Title: "ServiceMonitor or PodMonitor finds nothing to scrape",
		Why:   "no metrics arrive and no alert fires, which looks the same as a service without troubles",
		Fix:   "select by the labels of the Service itself, or of the pods, and name the port as they do",
		Bad: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector:
    matchLabels: {app: web}
  endpoints:
  - port: "9090" # <-
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec:
  selector: {app: web}
  ports: [{name: metrics, port: 9090}]
`,
		Good: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector:
    matchLabels: {app: web}
  endpoints:
  - port: metrics
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec:
  selector: {app: web}
  ports: [{name: metrics, port: 9090}]
`,
		Notes: []string{
			"An empty selector means all; namespaceSelector says where, and without it only the monitor's own namespace counts.",
			"A port is missing where nothing that is selected has it; list a monitor whose targets live elsewhere as external of kind Service or Pod under its name.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		n := o.Node()
		if n == nil {
			return
		}
		m := monitor{Object: o, all: all, spec: n.Get("spec")}
		field, target := "endpoints", "Service"
		if o.GroupKind() == podMonitorKind {
			field, target = "podMetricsEndpoints", "Pod"
		}
		selector := &metav1.LabelSelector{}
		if written := m.spec.Get("selector"); written != nil && len(tree.Decode(written, selector)) > 0 {
			return
		}
		found, names, known := m.targets(target, selector)
		if !known || all.isExternal(target, o.Namespace, o.Name) {
			return
		}
		if !found {
			what := "no " + target + " in " + m.where()
			if labels := selectorText(selector); labels != "" {
				what += " has the labels " + labels
			}
			r.At(tree.P("spec", "selector"), "%s", what)
			return
		}
		for i, endpoint := range elementsOf(m.spec.Get(field)) {
			if port := textOf(endpoint.Value.Get("port")); port != "" && !slices.Contains(names, port) {
				r.At(tree.P("spec", field, i, "port"), "no selected %s has a port called %s", target, port)
			}
		}
	},
}

// monitor is a ServiceMonitor or PodMonitor.
type monitor struct {
	*Object
	all  *Index
	spec *tree.Node
}

// namespaces are those that it looks into; none is all of them.
func (m *monitor) namespaces() []string {
	selector := m.spec.Get("namespaceSelector")
	if everywhere := selector.Get("any"); everywhere != nil && everywhere.Text == "true" {
		return nil
	}
	var names []string
	for _, name := range elementsOf(selector.Get("matchNames")) {
		names = append(names, textOf(name.Value))
	}
	if len(names) == 0 {
		names = []string{m.space()}
	}
	return names
}

func (m *monitor) where() string {
	if names := m.namespaces(); len(names) > 0 {
		return "namespace " + firstOf(names, mostShown)
	}
	return "any namespace"
}

// targets reports whether something has the labels, and the names of its ports. It is
// not known where something cannot be read, or is in other files.
func (m *monitor) targets(kind string, selector *metav1.LabelSelector) (found bool, ports []string, known bool) {
	known = true
	seen := false
	look := func(o *Object, labels map[string]string, labelsAt tree.Path, names func() ([]string, bool)) {
		seen = true
		switch {
		case o.isUnread(labelsAt):
			known = false
		case Matches(selector, labels) && m.all.AreTogether(m.Object, o):
			own, areKnown := names()
			found, ports, known = true, append(ports, own...), known && areKnown
		}
	}
	if kind == "Service" {
		for _, o := range in(m.namespaces(), m.all.lookUp().services) {
			look(o, o.Labels(), tree.P("metadata", "labels"), func() ([]string, bool) { return servicePortNames(o) })
		}
	} else {
		for _, w := range in(m.namespaces(), m.all.bySpace) {
			look(w.Object, w.Meta.Labels, w.InMeta("labels"), func() ([]string, bool) { return podPortNames(w) })
		}
	}
	return found, ports, known && !m.isPart() && (seen || m.all.World != Partial)
}

// in are the values of some namespaces, or, where none is named, of all.
func in[T any](namespaces []string, bySpace map[string][]T) (values []T) {
	if len(namespaces) == 0 {
		return slices.Concat(slices.Collect(maps.Values(bySpace))...)
	}
	for _, namespace := range namespaces {
		values = append(values, bySpace[spaceOf(namespace)]...)
	}
	return values
}

func servicePortNames(o *Object) (names []string, known bool) {
	if s, isTyped := o.Value.(*corev1.Service); isTyped {
		for i := range s.Spec.Ports {
			names = append(names, s.Spec.Ports[i].Name)
		}
	}
	return names, !o.isUnread(tree.P("spec", "ports"))
}

func podPortNames(w *Workload) (names []string, known bool) {
	ports, known := w.ports()
	for i := range ports {
		names = append(names, ports[i].Name)
	}
	return names, known
}
