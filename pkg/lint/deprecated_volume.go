package lint

import (
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// oldVolume is a kind of volume that pods should not have any more.
type oldVolume struct {
	gone    int    // the minor release that dropped its driver; 0 where it still works
	instead string // what to use
}

const (
	itsDriver   = "a claim of a class of the CSI driver for the same storage"
	nothingLeft = "another storage: there is no driver for this one"
)

// oldVolumes are these, by their fields. What works on is done by CSI drivers, which
// have to be installed.
var oldVolumes = map[string]oldVolume{
	"awsElasticBlockStore": {0, itsDriver},
	"azureDisk":            {0, itsDriver},
	"azureFile":            {0, itsDriver},
	"cephfs":               {31, itsDriver},
	"cinder":               {0, itsDriver},
	"flexVolume":           {0, itsDriver},
	"flocker":              {25, nothingLeft},
	"gcePersistentDisk":    {0, itsDriver},
	"gitRepo":              {0, "an emptyDir into which an init container clones"},
	"glusterfs":            {26, nothingLeft},
	"photonPersistentDisk": {16, nothingLeft},
	"portworxVolume":       {0, itsDriver},
	"quobyte":              {25, nothingLeft},
	"rbd":                  {31, itsDriver},
	"scaleIO":              {22, nothingLeft},
	"storageos":            {25, nothingLeft},
	"vsphereVolume":        {0, itsDriver},
}

// deprecatedVolume looks at a volume of pods.
func deprecatedVolume(r *Reporter, v *corev1.VolumeSource, minor int, at tree.Path) {
	if v.PersistentVolumeClaim == nil && v.ConfigMap == nil && v.Secret == nil && v.EmptyDir == nil { // nearly all are of these
		reportOldVolume(r, reflect.ValueOf(v).Elem(), minor, at)
	}
}

// reportOldVolume looks at a struct that has a pointer for each kind of volume.
func reportOldVolume(r *Reporter, source reflect.Value, minor int, at tree.Path) {
	for i := range source.NumField() {
		if source.Field(i).Kind() != reflect.Pointer || source.Field(i).IsNil() {
			continue
		}
		field, _, _ := strings.Cut(source.Type().Field(i).Tag.Get("json"), ",")
		switch old, isOld := oldVolumes[field]; {
		case !isOld:
		case old.gone > 0 && minor >= old.gone:
			r.At(at.With(field), "%s volumes are gone since Kubernetes 1.%d: no pod with one starts", field, old.gone).With("use %s", old.instead)
		default:
			r.At(at.With(field), "%s volumes are deprecated", field).With("use %s", old.instead)
		}
	}
}
