package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// projectNames: row 18 for namespaces and part-of. Labels and annotations are
// judged where they stand on services.
func projectNames(p *schema.Project, sink *report.Sink) {
	if !names.LabelValue.Fits(p.PartOf) {
		sink.Errorf(schema.BadName, tree.P("partOf"), "%s", names.LabelValue.Complaint(p.PartOf))
	}
	namespaceNames(sink, p.Namespace, tree.P("namespace"))
	for i := range p.Environments {
		e := &p.Environments[i]
		namespaceNames(sink, e.Value.Namespace, tree.P("environments", e.Key, "namespace"))
		if !isFileName(e.Key) {
			sink.KeyErrorf(schema.BadName, tree.P("environments", e.Key), "%q is no name for an environment, which is a directory too", e.Key).
				Fix = "use letters, digits, dashes, underscores and dots"
		}
	}
}

func isFileName(name string) bool { return names.ConfigKey.Fits(name) && !strings.HasPrefix(name, ".") }

func namespaceNames(sink *report.Sink, n *schema.Namespace, at tree.Path) {
	if n == nil {
		return
	}
	if n.Name != "" && !names.DNSLabel.Fits(n.Name) {
		sink.Errorf(schema.BadName, at.With("name"), "the namespace %s", names.DNSLabel.Complaint(n.Name))
	}
	for _, l := range n.Labels {
		switch {
		case !names.LabelKey.Fits(l.Key):
			sink.KeyErrorf(schema.BadName, at.With("labels", l.Key), "%s", names.LabelKey.Complaint(l.Key))
		case !names.LabelValue.Fits(l.Value.Value):
			sink.Errorf(schema.BadName, at.With("labels", l.Key), "%s", names.LabelValue.Complaint(l.Value.Value))
		}
	}
}
