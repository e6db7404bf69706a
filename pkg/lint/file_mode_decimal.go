package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var fileModeDecimal = Rule{
	ID: "file-mode-decimal", Severity: report.Warning,
	Doc: Doc{
		Title: "mode of files is written in decimal",
		Why:   "400 is 0620: the app cannot read its own key, or others may write it",
		Fix:   "write a zero before it in YAML, or the decimal number of the mode: 0400 is 256, 0440 is 288, 0444 is 292",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - {name: keys, mountPath: /run/keys}
  volumes:
  - name: keys
    secret:
      secretName: web
      defaultMode: 400 # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts:
    - {name: keys, mountPath: /run/keys}
  volumes:
  - name: keys
    secret:
      secretName: web
      defaultMode: 0400
`,
		Notes: []string{"It knows 400, 440 and 444; 600, 644 and 755 are above the largest mode, 0777, and the API server refuses them."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		for i := range w.Spec.Volumes {
			v := &w.Spec.Volumes[i]
			base := w.In("volumes", i)
			if s := v.Secret; s != nil {
				decimalMode(r, s.DefaultMode, base, "secret", "defaultMode")
				decimalItems(r, s.Items, base, "secret")
			}
			if s := v.ConfigMap; s != nil {
				decimalMode(r, s.DefaultMode, base, "configMap", "defaultMode")
				decimalItems(r, s.Items, base, "configMap")
			}
			if s := v.DownwardAPI; s != nil {
				decimalMode(r, s.DefaultMode, base, "downwardAPI", "defaultMode")
				decimalDownward(r, s.Items, base, "downwardAPI")
			}
			if v.Projected != nil {
				decimalProjected(r, v.Projected, base)
			}
		}
	},
}

func decimalProjected(r *Reporter, p *corev1.ProjectedVolumeSource, base tree.Path) {
	decimalMode(r, p.DefaultMode, base, "projected", "defaultMode")
	for i := range p.Sources {
		source := &p.Sources[i]
		if s := source.Secret; s != nil {
			decimalItems(r, s.Items, base, "projected", "sources", i, "secret")
		}
		if s := source.ConfigMap; s != nil {
			decimalItems(r, s.Items, base, "projected", "sources", i, "configMap")
		}
		if s := source.DownwardAPI; s != nil {
			decimalDownward(r, s.Items, base, "projected", "sources", i, "downwardAPI")
		}
	}
}

func decimalItems(r *Reporter, items []corev1.KeyToPath, base tree.Path, in ...any) {
	for i := range items {
		decimalMode(r, items[i].Mode, base.With(in...), "items", i, "mode")
	}
}

func decimalDownward(r *Reporter, items []corev1.DownwardAPIVolumeFile, base tree.Path, in ...any) {
	for i := range items {
		decimalMode(r, items[i].Mode, base.With(in...), "items", i, "mode")
	}
}

func decimalMode(r *Reporter, mode *int32, base tree.Path, at ...any) {
	if mode == nil {
		return
	}
	switch *mode {
	case 400, 440, 444:
		r.At(base.With(at...), "mode %d is decimal: the files get 0%o", *mode, *mode).With("write 0%d", *mode)
	}
}
