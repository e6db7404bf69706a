package manifests

import (
	"reflect"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillServiceMonitor is the inverse of templates.ServiceMonitor. By what other labels it
// finds the Service a patch says.
func (c *converter) fillServiceMonitor(g *Group, o *Object, s *schema.Service) bool {
	monitor, isKnown := decodedMonitor[addon.ServiceMonitor](c, o)
	main := g.mainService()
	isFound := main != nil && labelsAt(main.Node, metadataPath)[nameLabel] == s.MonitoredLabel().Value
	if !isKnown || !isFound || !c.fillMetrics(g, o, s, schema.ServiceMonitor, monitor.Spec.Endpoints) {
		return false
	}
	s.Metrics.TargetLabels = monitor.Spec.TargetLabels
	fillMonitored(s.Metrics, &monitor.Spec.Monitored)
	return true
}

// fillPodMonitor is the inverse of templates.PodMonitor.
func (c *converter) fillPodMonitor(g *Group, o *Object, s *schema.Service) bool {
	monitor, isKnown := decodedMonitor[addon.PodMonitor](c, o)
	if !isKnown || !isSelector(&monitor.Spec.Selector, s.SelectorLabels().Plain()) || !c.fillMetrics(g, o, s, schema.PodMonitor, monitor.Spec.PodMetricsEndpoints) {
		return false
	}
	fillMonitored(s.Metrics, &monitor.Spec.Monitored)
	return true
}

// decodedMonitor is a monitor as its type; false where kgen has no word for some of it.
// The own namespace is where a monitor looks anyway.
func decodedMonitor[T any](c *converter, o *Object) (*T, bool) {
	at := tree.P("spec", "namespaceSelector")
	in := o.Node.At(at.With("matchNames"))
	isOwn := len(keys(o.Node.At(at))) == 1 && len(elements(in)) == 1 && o.Namespace != "" && elements(in)[0].Text == o.Namespace
	monitor := *o
	if isOwn {
		monitor.Node = o.Node.WithoutAt(at)
		c.comesTo(o, at)
	}
	if at := tree.P("spec", "jobLabel"); o.Node.At(at) != nil && text(o.Node, "spec", "jobLabel") == "" {
		c.comesTo(o, at) // charts say it so where they say nothing
	}
	return decoded[T](&monitor)
}

func fillMonitored(m *schema.Metrics, from *addon.Monitored) {
	m.JobLabel, m.PodTargetLabels, m.SampleLimit = from.JobLabel, from.PodTargetLabels, from.SampleLimit
}

// fillMetrics writes the one port with metrics. The labels by which Prometheus finds a
// monitor are its own.
func (c *converter) fillMetrics(g *Group, o *Object, s *schema.Service, kind string, endpoints []addon.Endpoint) bool {
	if s.Metrics != nil && !s.Metrics.Declined || len(endpoints) != 1 || !s.PodPorts().Has(endpoints[0].Port) {
		return false
	}
	e := &endpoints[0]
	login, isLogin := loginOf(e)
	if !isLogin {
		return false
	}
	s.Metrics = login
	m := s.Metrics
	m.ObjectName, m.Kind, m.Port = otherName(o, g.Name), kind, schema.IntOrName{Name: e.Port}
	m.Path, m.Scheme, m.Interval, m.ScrapeTimeout = e.Path, e.Scheme, e.Interval, e.ScrapeTimeout
	m.HonorLabels, m.Relabelings, m.MetricRelabelings = e.HonorLabels, e.Relabelings, e.MetricRelabelings
	for _, list := range []string{"endpoints", "podMetricsEndpoints"} {
		for _, endpoint := range elements(o.Node.At(tree.P("spec", list))) {
			for _, key := range keys(endpoint.Get("params")) {
				m.Params = append(m.Params, schema.Entry[[]string]{Key: key, Value: e.Params[key]})
			}
		}
	}
	c.needsOf(o, s)
	for _, label := range textsOf(o.Node.At(tree.P("metadata", "labels"))) {
		if said := s.Labels.Get(label.Key); said == nil && !isKgens(label.Key) || said != nil && !reflect.DeepEqual(*said, label.Value) {
			m.Labels = append(m.Labels, label)
		}
	}
	return true
}
