package manifests

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// resources writes amounts as the manifest has them, and declines the requests that kgen
// demands and the memory limit that it makes of the request.
func (f *workload) resources(p *place) {
	at := p.at.With("resources")
	if len(p.Resources.Requests)+len(p.Resources.Limits) == 0 {
		p.to.Resources = &schema.Resources{Declined: true}
		f.tell(convert.Debt, p.at, p.field("resources"), "%s requests neither cpu nor memory: no node keeps any for it", p.Name)
		return
	}
	to := &schema.Resources{Requests: f.amounts(at.With("requests"), p.Resources.Requests), Limits: f.amounts(at.With("limits"), p.Resources.Limits)}
	var missing []string
	for _, name := range []string{"cpu", "memory"} {
		if !to.Requests.Has(name) && !to.Limits.Has(name) {
			to.Requests = append(to.Requests, declined(name))
			missing = append(missing, name)
		}
	}
	if missing != nil {
		f.tell(convert.Debt, at, p.field("resources", "requests"), "%s requests no %s: no node keeps any for it", p.Name, strings.Join(missing, " and no "))
	}
	if to.Requests.Has("memory") && !to.Limits.Has("memory") && !to.Requests.Get("memory").Declined {
		to.Limits = append(to.Limits, declined("memory"))
	}
	p.to.Resources = to
}

func declined(key string) schema.Entry[schema.Text] {
	return schema.Entry[schema.Text]{Key: key, Value: schema.Text{Declined: true}}
}

// amounts are quantities in the words of the manifest.
func (f *workload) amounts(at tree.Path, list corev1.ResourceList) (texts schema.Map[schema.Text]) {
	there := f.o.Node.At(at)
	for _, key := range keys(there) {
		amount, isThere := list[corev1.ResourceName(key)]
		if !isThere {
			continue
		}
		text := there.Get(key).Text
		if said, ok := schema.ParseQuantity(text); !ok || said.Cmp(amount) != 0 {
			text = amount.String()
		}
		texts = append(texts, schema.Entry[schema.Text]{Key: key, Value: schema.Text{Value: text}})
	}
	return texts
}
