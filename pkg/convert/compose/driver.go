package compose

import (
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/schema"
)

// memoryDir is a directory in memory; a size of 0 has no bound but that of the container.
func memoryDir(size types.UnitBytes) schema.Volume {
	dir := &corev1.EmptyDirVolumeSource{Medium: corev1.StorageMediumMemory}
	if size > 0 {
		dir.SizeLimit = resource.NewQuantity(int64(size), resource.BinarySI)
	}
	return schema.Volume{EmptyDir: dir}
}

// memorySize is the size that the options of a tmpfs say; 0 where they say none.
func memorySize(config *types.VolumeConfig) (size types.UnitBytes) {
	for option := range strings.SplitSeq(config.DriverOpts["o"], ",") {
		if text, isSize := strings.CutPrefix(option, "size="); isSize && size.DecodeMapstructure(text) != nil {
			return 0
		}
	}
	return size
}

// accountOptions tells of the options of a mount that no field of a volume has.
func (c *converter) accountOptions(name string, config *types.VolumeConfig) {
	taken := []string{"", "rw", "addr"}
	if isMemory(config) && memorySize(config) > 0 {
		taken = append(taken, "size")
	}
	if nfsOf(config) != nil {
		taken = append(taken, "ro")
	}
	var lost []string
	for option := range strings.SplitSeq(config.DriverOpts["o"], ",") {
		if key, _, _ := strings.Cut(option, "="); !slices.Contains(taken, key) {
			lost = append(lost, key)
		}
	}
	hint := "a PersistentVolume has mountOptions"
	if isMemory(config) {
		hint = "everybody may write to an emptyDir"
	}
	if len(lost) > 0 && !bool(config.External) {
		c.drop("", "no field of a volume says "+strings.Join(lost, ", ")+": "+hint, "volumes", name, "driver_opts", "o")
	}
}

// dropDockerNames tells of names that things have in Docker alone. That of an external
// one is taken.
func (c *converter) dropDockerNames() {
	for _, kind := range resources {
		entries, _ := c.model.long[kind].(dict)
		for _, key := range sortedKeys(entries) {
			fields, _ := entries[key].(dict)
			isExternal, _ := fields["external"].(bool)
			if fields["name"] != nil && !isExternal && c.model.Written(kind, key, "name") != nil && c.told[kind+"."+key] != "" {
				c.drop("", "a name in Docker: the objects here are named by their service", kind, key, "name")
			}
		}
	}
}
