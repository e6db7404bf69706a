package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Groups of kinds that have the same fields.
const (
	replicated = "Deployment StatefulSet"
	rolling    = "Deployment StatefulSet DaemonSet"
	ending     = "Job CronJob"
)

// kindFields are the fields that not every kind of workload has, and the kinds that
// have them. One without an id is not refused: a default of it is not meant for them.
var kindFields = []struct{ id, field, kinds string }{
	{schema.WrongKind, "replicas", replicated},
	{schema.NotScalable, "autoscaling", replicated}, // row 4
	{schema.WrongKind, "podDisruptionBudget", replicated},
	{schema.WrongKind, "spread", replicated},
	{schema.WrongKind, "topologySpreadConstraints", replicated + " " + ending},
	{"", "strategy", schema.Deployment},
	{schema.WrongKind, "strategy", rolling},
	{schema.WrongKind, "strategy.maxSurge", "Deployment DaemonSet"},
	{schema.WrongKind, "strategy.partition", schema.StatefulSet},
	{schema.WrongKind, "minReadySeconds", rolling},
	{schema.WrongKind, "release", schema.Deployment},
	{schema.WrongKind, "progressDeadlineSeconds", schema.Deployment},
	{schema.WrongKind, "revisionHistoryLimit", rolling},
	{schema.WrongKind, "podManagementPolicy", schema.StatefulSet},
	{schema.WrongKind, "persistentVolumeClaimRetentionPolicy", schema.StatefulSet},
	{schema.WrongKind, "ordinals", schema.StatefulSet},
	{schema.WrongKind, "service", rolling},
	{schema.WrongKind, "extraServices", rolling},
	{schema.WrongKind, "schedule", schema.CronJob},
	{schema.WrongKind, "timeZone", schema.CronJob},
	{schema.WrongKind, "job", ending},
	{schema.WrongKind, "job.concurrencyPolicy", schema.CronJob},
	{schema.WrongKind, "job.startingDeadlineSeconds", schema.CronJob},
	{schema.WrongKind, "job.successfulJobsHistoryLimit", schema.CronJob},
	{schema.WrongKind, "job.failedJobsHistoryLimit", schema.CronJob},
}

// foreignFields: what a person wrote that the kind of workload does not have. What
// declines a field is right for all kinds.
func foreignFields(s *schema.Service, sink *report.Sink) {
	root, refused := sink.At(nil), ""
	for i := range kindFields {
		f := &kindFields[i]
		above, name, isNested := strings.Cut(f.field, ".")
		if f.id == "" || hasKind(f.kinds, s.Kind) || isNested && above == refused {
			continue
		}
		n := root.Get(above)
		if isNested {
			n = n.Get(name)
		}
		if n == nil || declines(n) || f.id == schema.NotScalable && !s.Autoscaling.IsHorizontal() {
			continue
		}
		refused = f.field
		sink.KeyErrorf(f.id, pathOf(f.field), "a %s has no %s", s.Kind, strings.TrimPrefix(f.field, "job.")).
			Fix = "remove it, for it belongs to a " + eitherOf(f.kinds) + foreignFix(f.field, s.Kind)
	}
}

func foreignFix(field, kind string) string {
	switch {
	case field == "schedule":
		return `, or set kind: "CronJob"`
	case field == "revisionHistoryLimit" && kind == schema.CronJob:
		return "; a CronJob has job: successfulJobsHistoryLimit and failedJobsHistoryLimit"
	}
	return ""
}

// OfKind is a layer that lies under services of all kinds, without the fields that
// the kind does not have. The layer itself when it has no others.
func OfKind(kind string, layer *tree.Node) *tree.Node {
	if kind == "" {
		kind = schema.Deployment
	}
	for i := range kindFields {
		f := &kindFields[i]
		above, name, isNested := strings.Cut(f.field, ".")
		n := layer.Field(above)
		switch {
		case n == nil || hasKind(f.kinds, kind):
		case !isNested:
			layer = layer.Without(above)
		case n.Value.Get(name) != nil:
			layer = layer.Without()
			layer.Field(above).Value = n.Value.Without(name)
		}
	}
	return layer
}

func hasKind(kinds, kind string) bool {
	for k := range strings.FieldsSeq(kinds) {
		if k == kind {
			return true
		}
	}
	return false
}

// declines reports whether n says that there is none: false, or "none" of spread.
func declines(n *tree.Node) bool {
	return n.Kind == tree.Bool && n.Text == "false" || n.Text == "none"
}

func pathOf(field string) tree.Path {
	var path tree.Path
	for name := range strings.SplitSeq(field, ".") {
		path = append(path, name)
	}
	return path
}

// eitherOf is a list of words as a sentence has it: A, B or C.
func eitherOf(words string) string {
	list := strings.Fields(words)
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// strategyType: a strategy of another kind.
func strategyType(s *schema.Service, sink *report.Sink) {
	if s.Strategy == nil || s.EndsByItself() {
		return
	}
	wrong, right := "OnDelete", "Recreate"
	if s.Kind != schema.Deployment {
		wrong, right = right, wrong
	}
	if s.Strategy.Type == wrong {
		sink.Errorf(schema.WrongKind, tree.P("strategy", "type"), "a %s has no strategy %s", s.Kind, wrong).
			Fix = `set strategy: "` + right + `" or "RollingUpdate"`
	}
}
