package lint

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
)

var resourceRange = Rule{
	ID: "resource-range", Severity: report.Warning, Profile: Off,
	Params: []Param{{
		Name: "ranges", Default: []string{"requests.cpu ..16", "limits.memory 16Mi..64Gi"},
		Doc:   `what containers may ask for and use: "limits.memory 64Mi..8Gi", or for one kind "CronJob requests.cpu ..2"; a bound may be left out`,
		Check: checkRange,
	}},
	Doc: Doc{
		Title: "container is larger or smaller than is agreed",
		Why:   "a single number that is wrong by a factor of thousand fills the cluster, or starves the app",
		Fix:   "keep within the range, or agree on an exception and ignore the rule there",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          requests: {cpu: 500m, memory: 128Mi}
          limits:
            memory: 512Gi # <-
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          requests: {cpu: 500m, memory: 128Mi}
          limits:
            memory: 512Mi
`,
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for _, text := range r.Texts("ranges") {
			if agreed, err := parseRange(text); err == nil && (agreed.kind == "" || agreed.kind == w.Kind) {
				eachResources(w, func(res resourcesAt) { agreed.look(r, &res) })
			}
		}
	},
}

// agreedRange is from and to what a resource may be requested or limited.
type agreedRange struct {
	kind, field string // kind is empty for all
	name        corev1.ResourceName
	least, most *resource.Quantity // nil where there is no bound
}

func (a *agreedRange) look(r *Reporter, res *resourcesAt) {
	amounts := res.Requests
	if a.field == "limits" {
		amounts = res.Limits
	}
	amount, isSet := amounts[a.name]
	at := res.at.With(a.field, string(a.name))
	switch {
	case !isSet:
	case a.least != nil && amount.Cmp(*a.least) < 0:
		r.At(at, "%s: %s of %s in %s, and the least is %s", res.name, &amount, a.name, a.field, a.least).Container = res.of
	case a.most != nil && amount.Cmp(*a.most) > 0:
		r.At(at, "%s: %s of %s in %s, and the most is %s", res.name, &amount, a.name, a.field, a.most).Container = res.of
	}
}

func checkRange(text string) error {
	_, err := parseRange(text)
	return err
}

// parseRange reads "[KIND] requests.cpu MIN..MAX".
func parseRange(text string) (*agreedRange, error) {
	words := strings.Fields(text)
	a := &agreedRange{}
	if len(words) == 3 {
		a.kind, words = words[0], words[1:]
	}
	if len(words) != 2 {
		return nil, fmt.Errorf("%q is not of the form requests.cpu 10m..4", text)
	}
	field, name, _ := strings.Cut(words[0], ".")
	a.field, a.name = field, corev1.ResourceName(name)
	least, most, isRange := strings.Cut(words[1], "..")
	if field != "requests" && field != "limits" || name == "" || !isRange {
		return nil, fmt.Errorf("%q is not of the form requests.cpu 10m..4", text)
	}
	for _, bound := range []struct {
		text string
		into **resource.Quantity
	}{{least, &a.least}, {most, &a.most}} {
		if bound.text == "" {
			continue
		}
		quantity, err := resource.ParseQuantity(bound.text)
		if err != nil {
			return nil, fmt.Errorf("%q is no quantity", bound.text)
		}
		*bound.into = &quantity
	}
	return a, nil
}
