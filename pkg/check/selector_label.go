package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// selectorLabels: a label that says otherwise than the selector. The pods keep the
// selector's, for nothing would find them without it, so the other one would come
// to nothing on them.
func selectorLabels(s *schema.Service, sink *report.Sink) {
	selector := s.SelectorLabels()
	for _, in := range [...]struct {
		field     string
		labels    schema.Map[schema.Text]
		isForPods bool
	}{
		{"labels", s.Labels, false},
		{"podLabels", s.PodLabels, true},
	} {
		for _, label := range in.labels {
			wanted := selector.Get(label.Key)
			// What is declined under labels still goes from the other objects.
			if wanted == nil || label.Value.Declined && !in.isForPods || !label.Value.Declined && label.Value.Value == *wanted {
				continue
			}
			sink.Errorf(schema.InvalidValue, tree.P(in.field, label.Key), "the selector finds the pods by this label: they keep %q", *wanted).
				Fix = "remove it, or say under selector how the pods are found"
		}
	}
}
