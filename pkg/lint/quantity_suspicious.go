package lint

import (
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const mebibyte = 1 << 20

var quantitySuspicious = Rule{
	ID: "quantity-suspicious", Severity: report.Error, // Warning of CPU, Info of mixed units
	Warned: []string{"fractional byte value"},
	Params: []Param{
		{Name: "memory", Default: 4, Doc: "the least memory limit that a container can run with, in Mi"},
		{Name: "cpu", Default: 128, Doc: "the most CPUs that a container can mean"},
	},
	Doc: Doc{
		Title: "quantity means something else than it looks like",
		Why:   "128m of memory is an eighth of a byte, and 512 are half a kilobyte: the container cannot be made",
		Fix:   "write Mi or Gi behind memory and storage, and m behind thousandths of a CPU",
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
          requests:
            cpu: 100m
            memory: 128m # <-
          limits:
            memory: "512" # <-
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
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            memory: 512Mi
`,
		Notes: []string{
			"Memory below 1Mi and limits below 4Mi are errors, a request below 4Mi is a warning; of storage, fractions of a byte are.",
			"More than 128 CPUs are a warning; so are 32 and more with less than 2Gi of memory, and 10 and more beside a container that has thousandths, where there is less than 256Mi of memory for each.",
			"A request in Mi with a limit in M, or the other way round, is an info.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if w := all.Workload(o); w != nil {
			suspiciousPods(w, r)
		}
		switch v := o.Value.(type) {
		case *corev1.PersistentVolumeClaim:
			fractionOfBytes(r, v.Spec.Resources.Requests, tree.P("spec", "resources", "requests"))
		case *corev1.PersistentVolume:
			fractionOfBytes(r, v.Spec.Capacity, tree.P("spec", "capacity"))
		case *appsv1.StatefulSet:
			for i := range v.Spec.VolumeClaimTemplates {
				at := tree.P("spec", "volumeClaimTemplates", i, "spec", "resources", "requests")
				fractionOfBytes(r, v.Spec.VolumeClaimTemplates[i].Spec.Resources.Requests, at)
			}
		}
	},
}

func suspiciousPods(w *Workload, r *Reporter) {
	for i := range w.Spec.Volumes {
		if e := w.Spec.Volumes[i].EmptyDir; e != nil && e.SizeLimit != nil && isFraction(e.SizeLimit) {
			r.At(w.In("volumes", i, "emptyDir", "sizeLimit"), "%s is a fraction of a byte", e.SizeLimit)
		}
	}
	eachResources(w, func(res resourcesAt) {
		for _, list := range [...]struct {
			field   string
			amounts corev1.ResourceList
		}{{"requests", res.Requests}, {"limits", res.Limits}} {
			for _, name := range sortedNames(list.amounts) {
				amount := list.amounts[name]
				at := res.at.With(list.field, string(name))
				switch name {
				case corev1.ResourceCPU:
					suspiciousCPU(w, r, &res, &amount, at)
				case corev1.ResourceMemory:
					suspiciousMemory(r, &res, &amount, at, list.field == "limits")
				default:
					if isBytes(name) && isFraction(&amount) {
						r.At(at, "%s: %s of %s is a fraction of a byte", res.name, &amount, name).Container = res.of
					}
				}
			}
		}
		mixedUnits(r, &res)
	})
}

func suspiciousMemory(r *Reporter, res *resourcesAt, amount *resource.Quantity, at tree.Path, isLimit bool) {
	bytes := amount.Value()
	switch {
	case amount.Sign() <= 0:
	case isFraction(amount):
		r.At(at, "%s: %s of memory is a fraction of a byte", res.name, amount).With("write %sMi, if that is meant", strings.TrimRight(amount.String(), "num")).Container = res.of
	case bytes < mebibyte:
		r.At(at, "%s: %s of memory is less than 1Mi", res.name, amount).Container = res.of
	case bytes < int64(r.Int("memory"))*mebibyte:
		f := r.At(at, "%s: %s of memory is less than %dMi", res.name, amount, r.Int("memory"))
		if f.Container = res.of; !isLimit {
			f.As(report.Warning)
		}
	}
}

func suspiciousCPU(w *Workload, r *Reporter, res *resourcesAt, amount *resource.Quantity, at tree.Path) {
	cpus := amount.Value()
	switch {
	case cpus > int64(r.Int("cpu")):
		r.At(at, "%s: %s CPUs", res.name, amount).As(report.Warning).With("write %dm, if thousandths are meant", cpus).Container = res.of
	case cpus >= wholeCPUs && !isFraction(amount) && isTinyFor(res):
		r.At(at, "%s: %s CPUs, with less than %dGi of memory", res.name, amount, tinyMemory>>30).As(report.Warning).
			With("write %dm, if thousandths are meant", cpus).Container = res.of
	case cpus >= 10 && !isFraction(amount) && isPoorFor(res, cpus) && hasMilliBeside(w, res):
		r.At(at, "%s: %s CPUs, beside a container that counts in thousandths", res.name, amount).As(report.Warning).
			With("write %dm, if thousandths are meant", cpus).Container = res.of
	}
}

// A container of so many whole CPUs with so little memory means thousandths.
const (
	wholeCPUs  = 32
	tinyMemory = 2 << 30
)

func isTinyFor(res *resourcesAt) bool {
	memory := max(res.Requests.Memory().Value(), res.Limits.Memory().Value())
	return memory > 0 && memory < tinyMemory
}

// isPoorFor reports whether a container has little memory for so many CPUs: big ones
// have both.
func isPoorFor(res *resourcesAt, cpus int64) bool {
	memory := max(res.Requests.Memory().Value(), res.Limits.Memory().Value())
	return memory < cpus*256*mebibyte
}

// hasMilliBeside reports whether another container has thousandths of a CPU.
func hasMilliBeside(w *Workload, res *resourcesAt) bool {
	for i := range w.containers {
		c := &w.containers[i]
		if c.Name != res.of && (isFraction(c.Resources.Requests.Cpu()) || isFraction(c.Resources.Limits.Cpu())) {
			return true
		}
	}
	return false
}
