package schema

import (
	"iter"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// ExtraContainer is a container beside the service's own.
type ExtraContainer struct {
	Container `json:",inline"`
	Mounts    Map[VolumeRef] `json:"mounts,omitempty"` // by path in the container
	Files     Map[File]      `json:"files,omitempty"`  // by path in the container
	After     []string       `json:"after,omitempty"`
}

// Sidecar is a container that runs as long as the service's own. A native one is
// an init container that is restarted: Kubernetes' sidecar of 1.29.
type Sidecar struct {
	ExtraContainer `json:",inline"`
	Native         *bool `json:"native,omitempty"`
}

// VolumeRef is a volume of the service at a path of one container.
type VolumeRef struct {
	Volume           string `json:"volume"`
	SubPath          string `json:"subPath,omitempty"`
	ReadOnly         bool   `json:"readOnly,omitempty"`
	MountPropagation string `json:"mountPropagation,omitempty"`
}

// Role is what a container is to its pod.
type Role uint8

// The service's own container and ordinary sidecars are the pod's containers;
// init containers and native sidecars its init containers.
const (
	OwnContainer Role = iota
	InitContainer
	NativeSidecar
	OrdinarySidecar
)

// A PodContainer is one container of the service's pods.
type PodContainer struct {
	*Container
	Name   string
	Role   Role
	Mounts Map[VolumeRef] // its own; those of volumes come on top
	Files  Map[File]
	After  []string
	// Path leads to it in the service; nil for the service's own, whose fields are
	// the service's.
	Path tree.Path
}

// IsAtInit reports whether the container is among the pod's init containers.
func (c *PodContainer) IsAtInit() bool { return c.Role == InitContainer || c.Role == NativeSidecar }

// Runs reports whether the container runs while the pod serves.
func (c *PodContainer) Runs() bool { return c.Role != InitContainer }

// PodContainers are all containers of the service's pods: its own, then the others
// as they were written.
func (s *Service) PodContainers() iter.Seq[PodContainer] {
	return func(yield func(PodContainer) bool) {
		if !yield(PodContainer{Container: &s.Container, Name: s.ContainerNameOrDefault(), Files: s.Files}) {
			return
		}
		for i := range s.InitContainers {
			key, c := s.InitContainers[i].Key, &s.InitContainers[i].Value
			if !yield(PodContainer{&c.Container, key, InitContainer, c.Mounts, c.Files, c.After, tree.P("initContainers", key)}) {
				return
			}
		}
		for i := range s.Sidecars {
			key, c := s.Sidecars[i].Key, &s.Sidecars[i].Value
			role := OrdinarySidecar
			if c.Native == nil && s.World.hasSidecars() || c.Native != nil && *c.Native {
				role = NativeSidecar
			}
			if !yield(PodContainer{&c.Container, key, role, c.Mounts, c.Files, c.After, tree.P("sidecars", key)}) {
				return
			}
		}
	}
}

// StartOrder are the pod's init containers in the order in which they start: init
// containers, then native sidecars, as they were written; what one of them names in
// after moves up to just before it. Where that is a cycle, cycles has its members.
func (s *Service) StartOrder() (containers []PodContainer, cycles [][]string) {
	if !s.HasOtherContainers() {
		return nil, nil
	}
	var written []PodContainer
	var names []string
	for c := range s.PodContainers() {
		if c.IsAtInit() {
			written, names = append(written, c), append(names, c.Name)
		}
	}
	places, cycles := order(names, func(i int) []string { return written[i].After })
	for _, place := range places {
		containers = append(containers, written[place])
	}
	return containers, cycles
}

// SideBySide are the pod's containers but for init containers: the service's own,
// then ordinary sidecars.
func (s *Service) SideBySide() []PodContainer {
	var containers []PodContainer
	for c := range s.PodContainers() {
		if !c.IsAtInit() {
			containers = append(containers, c)
		}
	}
	return containers
}

// sidecarGate is the feature gate of native sidecars, on from 1.29.
const sidecarGate = "SidecarContainers"

// hasSidecars reports whether the target runs native sidecars.
func (w *World) hasSidecars() bool { return w.isOn(sidecarGate) }

// isOn reports whether nobody turns off a gate that is on by default.
func (w *World) isOn(gate string) bool {
	on := true
	if w != nil {
		for _, g := range w.FeatureGates {
			if g.Key == gate {
				on = g.Value // the last is the uppermost layer's
			}
		}
	}
	return on
}

// PodContainer is the container called name; false where the pods have none.
func (s *Service) PodContainer(name string) (PodContainer, bool) {
	for c := range s.PodContainers() {
		if c.Name == name {
			return c, true
		}
	}
	return PodContainer{}, false
}

// HasOtherContainers reports whether the service's own container is not alone.
func (s *Service) HasOtherContainers() bool { return len(s.InitContainers)+len(s.Sidecars) > 0 }

// Mounted is one place where a container sees a volume of the service.
type Mounted struct {
	VolumeRef
	MountPath string
	// Container is where the mount stands; nil where it stands in the volume.
	Container tree.Path
}

// Path is where the mount stands in the service.
func (m *Mounted) Path() tree.Path {
	if m.Container == nil {
		return tree.P("volumes", m.Volume, "mounts", m.MountPath)
	}
	return m.Container.With("mounts", m.MountPath)
}

// MountsOf are the places where c sees volumes: those that the volumes say, then
// those that the container itself says.
func (s *Service) MountsOf(c *PodContainer) iter.Seq[Mounted] {
	return func(yield func(Mounted) bool) {
		for i := range s.Volumes {
			key := s.Volumes[i].Key
			for _, m := range s.Volumes[i].Value.Mounts {
				isIts := or(m.Value.Container, s.ContainerNameOrDefault()) == c.Name
				if isIts && !yield(Mounted{VolumeRef{key, m.Value.SubPath, m.Value.ReadOnly, m.Value.MountPropagation}, m.Key, nil}) {
					return
				}
			}
		}
		for _, m := range c.Mounts {
			if !yield(Mounted{m.Value, m.Key, c.Path}) {
				return
			}
		}
	}
}

// IsMounted reports whether any container sees the volume called key.
func (s *Service) IsMounted(key string) bool {
	if v := s.Volumes.Get(key); v != nil && len(v.Mounts) > 0 {
		return true
	}
	for c := range s.PodContainers() {
		if slices.ContainsFunc(c.Mounts, func(m Entry[VolumeRef]) bool { return m.Value.Volume == key }) {
			return true
		}
	}
	return false
}

// PodPorts are the ports of the containers that run while the pod serves: the
// service's own, then those of its sidecars. Of two of one name, which is refused,
// it has the first.
func (s *Service) PodPorts() Map[Port] {
	if len(s.Sidecars) == 0 {
		return s.Ports
	}
	ports := slices.Clone(s.Ports)
	for i := range s.Sidecars {
		for _, p := range s.Sidecars[i].Value.Ports {
			if !ports.Has(p.Key) {
				ports = append(ports, p)
			}
		}
	}
	return ports
}

// PortPath is where the port called name stands in the service.
func (s *Service) PortPath(name string) tree.Path {
	for i := range s.Sidecars {
		if c := &s.Sidecars[i]; !s.Ports.Has(name) && c.Value.Ports.Has(name) {
			return tree.P("sidecars", c.Key, "ports", name)
		}
	}
	return tree.P("ports", name)
}

// OwnPath is where the service's own container has the field that another one has
// at a path; at itself, where it does not lead into one. The built-in defaults of
// the fields that all containers have are the same.
func OwnPath(at tree.Path) tree.Path {
	if len(at) > 2 && (at[0] == any("initContainers") || at[0] == any("sidecars")) {
		return at[2:]
	}
	return at
}
