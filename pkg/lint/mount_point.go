package lint

// mountPoint is a place of a container where it has a volume or a block device.
type mountPoint struct {
	volume, path     string
	field, pathField string // of the container, and of the entry there
	index            int
}

// eachMountPoint visits the volumes, then the block devices, of a container.
func eachMountPoint(c *Container, visit func(m mountPoint)) {
	for i := range c.VolumeMounts {
		visit(mountPoint{c.VolumeMounts[i].Name, c.VolumeMounts[i].MountPath, "volumeMounts", "mountPath", i})
	}
	for i := range c.VolumeDevices {
		visit(mountPoint{c.VolumeDevices[i].Name, c.VolumeDevices[i].DevicePath, "volumeDevices", "devicePath", i})
	}
}
