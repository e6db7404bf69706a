package manifests

import (
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

const (
	nameLabel      = "app.kubernetes.io/name"
	componentLabel = "app.kubernetes.io/component"
	checksum       = "checksum/config"
)

// metadata writes the labels and annotations of the workload and of its pods, and
// declines those of kgen that they do not have.
func (f *workload) metadata() {
	own := tree.P("metadata")
	f.component(labelsAt(f.o.Node, own)[componentLabel])
	made := templates.WorkloadLabels(f.s)
	f.s.Labels = f.texts(own.With("labels"), made)
	made = templates.WorkloadLabels(f.s)
	for key := range f.s.SelectorLabels().Plain() {
		delete(made, key) // the pods have it whatever labels say
	}
	f.s.PodLabels = f.texts(f.template.With("metadata", "labels"), made)
	f.s.Annotations = f.texts(own.With("annotations"), nil)
	var none map[string]string
	if !f.s.EndsByItself() {
		none = map[string]string{checksum: ""}
	}
	f.s.PodAnnotations = f.texts(f.template.With("metadata", "annotations"), none)
}

func (f *workload) component(value string) {
	if value != "" && names.LabelValue.Fits(value) {
		f.s.Component = value
	}
}

// texts are labels or annotations that are otherwise than what is made anyway. A label
// that the selector has stands on the pods by that, and may not be said to be another.
func (f *workload) texts(at tree.Path, made map[string]string) (texts schema.Map[schema.Text]) {
	isLabels := at[len(at)-1] == any("labels")
	isSelected := func(key string) bool { return isLabels && f.s.SelectorLabels().Has(key) }
	there := f.o.Node.At(at)
	for _, key := range keys(there) {
		value := there.Get(key).Text
		has, isMade := made[key]
		if isMade && has == value || isSelected(key) && (len(at) > 2 || *f.s.SelectorLabels().Get(key) != value) {
			continue
		}
		texts = append(texts, schema.Entry[schema.Text]{Key: key, Value: schema.Text{Value: value}})
	}
	for _, key := range kgenKeys {
		if _, isMade := made[key]; isMade && there.Get(key) == nil {
			texts = append(texts, schema.Entry[schema.Text]{Key: key, Value: schema.Text{Declined: true}})
		}
	}
	for _, l := range f.s.Labels { // the pods have those of the workload
		if isLabels && len(at) > 2 && !l.Value.Declined && there.Get(l.Key) == nil && !isSelected(l.Key) && !texts.Has(l.Key) {
			texts = append(texts, schema.Entry[schema.Text]{Key: l.Key, Value: schema.Text{Declined: true}})
		}
	}
	return texts
}
