package lint

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var dnsNdots = Rule{
	ID: "dns-ndots", Severity: report.Info, SkipsTests: true, Profile: Off,
	Params: []Param{{Name: "max", Default: 2, Most: 15, Doc: "the largest ndots that is not reported"}},
	Doc: Doc{
		Title: "each lookup of an outside name asks the cluster's DNS many times",
		Why:   "with ndots: 5 a name such as api.example.com is tried with every search domain first: five queries for one, which overload DNS at peak",
		Fix:   "set the option ndots of dnsConfig to 2, or write names with a final dot",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: # <-
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      dnsConfig: {options: [{name: ndots, value: "2"}]}
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"ndots is 5 where pods ask the cluster's DNS, as they do by default; with dnsPolicy Default or None it is what the node or dnsConfig says."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		at, ndots := w.In("dnsConfig", "options"), 5
		switch policy := w.Spec.DNSPolicy; {
		case policy == corev1.DNSDefault || policy == corev1.DNSNone:
			ndots = 1
		case w.Spec.HostNetwork && policy != corev1.DNSClusterFirstWithHostNet:
			ndots = 1 // the node's DNS
		}
		if written, where, found := writtenNdots(w); found {
			ndots, at = written, where
		}
		if ndots > r.Int("max") {
			r.At(at, "ndots is %d", ndots)
		}
	},
}

// writtenNdots is the last ndots of dnsConfig, which counts.
func writtenNdots(w *Workload) (ndots int, at tree.Path, found bool) {
	if w.Spec.DNSConfig == nil {
		return 0, nil, false
	}
	for i, option := range w.Spec.DNSConfig.Options {
		if option.Name != "ndots" || option.Value == nil {
			continue
		}
		if n, err := strconv.Atoi(*option.Value); err == nil {
			ndots, at, found = n, w.In("dnsConfig", "options", i, "value"), true
		}
	}
	return ndots, at, found
}
