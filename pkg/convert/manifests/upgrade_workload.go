package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// workloadFrom says the selector, which older versions took from the labels of the pods,
// and tells what was meant where nobody said it and is something else now.
func workloadFrom(o *Object, was string) string {
	spec := o.Node.Get("spec")
	if spec == nil || spec.Kind != tree.Map {
		return ""
	}
	beside := ""
	labels := o.Node.At(tree.P("spec", "template", "metadata", "labels"))
	if spec.Get("selector") == nil && labels != nil {
		selector := &tree.Node{Kind: tree.Map, Pos: labels.Pos}
		selector.Set("matchLabels", labels.Pos, copied(labels))
		spec.Set("selector", labels.Pos, selector)
		beside = "the selector, which the old version took from the labels of the pods, is said"
	}
	for _, gone := range []struct{ field, which string }{{"rollbackTo", "asked for one rollback"}, {"templateGeneration", "the server counted"}} {
		if spec.Get(gone.field) != nil {
			spec.Delete(gone.field)
			beside = join(beside, "spec."+gone.field+", which "+gone.which+", is left out")
		}
	}
	var changed []string
	for _, d := range formerDefaults {
		isRolling := d.at[1] != any("strategy") || text(spec, "strategy", "type") != "Recreate"
		if d.version == was && d.kind == o.Kind && isRolling && o.Node.At(d.at) == nil {
			changed = append(changed, d.at.String()+" from "+d.was+" to "+d.is)
		}
	}
	if len(changed) > 0 {
		beside = join(beside, "defaults change: "+strings.Join(changed, ", "))
	}
	if was != "apps/v1beta2" && labels != nil && len(keys(o.Node.At(tree.P("metadata", "labels")))) == 0 {
		beside = join(beside, "metadata.labels were those of the pods by default, and are none")
	}
	return beside
}

// formerDefault is what a field of a workload came to in an older version where nobody
// said it, and what it comes to in apps/v1.
type formerDefault struct {
	version, kind string
	at            tree.Path
	was, is       string
}

// formerDefaults are all that changed.
// https://github.com/kubernetes/kubernetes/blob/v1.15.0/pkg/apis/extensions/v1beta1/defaults.go
// https://github.com/kubernetes/kubernetes/blob/v1.15.0/pkg/apis/apps/v1beta1/defaults.go
var formerDefaults = []formerDefault{
	{"extensions/v1beta1", "Deployment", tree.P("spec", "strategy", "rollingUpdate", "maxSurge"), "1", "25%"},
	{"extensions/v1beta1", "Deployment", tree.P("spec", "strategy", "rollingUpdate", "maxUnavailable"), "1", "25%"},
	{"extensions/v1beta1", "Deployment", tree.P("spec", "progressDeadlineSeconds"), "none", "600"},
	{"extensions/v1beta1", "Deployment", tree.P("spec", "revisionHistoryLimit"), "all", "10"},
	{"extensions/v1beta1", "DaemonSet", tree.P("spec", "updateStrategy", "type"), "OnDelete", "RollingUpdate"},
	{"apps/v1beta1", "Deployment", tree.P("spec", "revisionHistoryLimit"), "2", "10"},
	{"apps/v1beta1", "StatefulSet", tree.P("spec", "updateStrategy", "type"), "OnDelete", "RollingUpdate"},
}
