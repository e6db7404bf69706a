package lint

import (
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssVolumeTypes = Rule{
	ID: "pss-volume-types", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted}, Covers: []string{"hostpath-volume"},
	Doc: Doc{
		Title: "volume of a kind that restricted forbids",
		Why:   "whoever may make pods can so mount any path of the node or any share of the network, past the storage classes and claims that an administrator controls",
		Fix:   "mount storage through a PersistentVolumeClaim",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts: [{name: data, mountPath: /data}]
  volumes:
  - name: data
    nfs: {server: files.example.com, path: /exports/web} # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts: [{name: data, mountPath: /data}]
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: data}
`,
		Notes: []string{"Allowed are configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected and secret."},
	},
	CheckWorkload: judgedBy("restrictedVolumes", forbiddenVolumes),
}

func forbiddenVolumes(w *Workload, control forbids) (found []offence) {
	for i := range w.Spec.Volumes {
		v := &w.Spec.Volumes[i]
		source := sourceOf(v)
		if source != "" && control.spec(&corev1.PodSpec{Volumes: w.Spec.Volumes[i : i+1]}) {
			found = append(found, offence{w.In("volumes", i, source), "", "volume " + v.Name + ": restricted forbids " + source})
		}
	}
	return found
}

// sourceOf is the name of the first source of a volume; empty where there is none.
func sourceOf(v *corev1.Volume) string {
	sources := reflect.ValueOf(v.VolumeSource)
	for i := range sources.NumField() {
		if !sources.Field(i).IsNil() {
			name, _, _ := strings.Cut(sources.Type().Field(i).Tag.Get("json"), ",")
			return name
		}
	}
	return ""
}
