package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// place is a container: where it stands in the workload and in the service.
type place struct {
	*corev1.Container
	at   tree.Path // in the workload
	path tree.Path // in the service; nil for the service's own
	to   *schema.Container
	role schema.Role
	// mounts are those of a container that is not the service's own.
	mounts *schema.Map[schema.VolumeRef]
}

// field is where a field of the container is in the service.
func (p *place) field(elems ...any) string { return p.path.With(elems...).String() }

// containers writes all containers: the service's own, then the others.
func (f *workload) containers(spec *corev1.PodSpec) {
	f.services = f.c.servicesOf(f.o)
	own := f.main(spec.Containers)
	f.arrange(spec, own)
	for i := range f.places {
		f.ports(&f.places[i])
	}
	for i := range f.places {
		f.container(&f.places[i])
	}
}

// arrange makes the places of all containers in the service.
func (f *workload) arrange(spec *corev1.PodSpec, own int) {
	s := f.s
	if own < len(spec.Containers) {
		c := &spec.Containers[own]
		f.places = append(f.places, place{Container: c, at: f.spec("containers", own), to: &s.Container})
		if c.Name != s.Name {
			s.ContainerName = c.Name
		}
	}
	// The maps must not grow once there are pointers into them.
	s.InitContainers = make(schema.Map[schema.ExtraContainer], 0, len(spec.InitContainers))
	s.Sidecars = make(schema.Map[schema.Sidecar], 0, len(spec.InitContainers)+len(spec.Containers))
	var before []string // the native sidecars that a following init container starts after
	for i := range spec.InitContainers {
		c, at := &spec.InitContainers[i], f.spec("initContainers", i)
		if c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			f.sidecar(c, at, schema.NativeSidecar)
			before = append(before, c.Name)
			continue
		}
		s.InitContainers = append(s.InitContainers, schema.Entry[schema.ExtraContainer]{Key: c.Name})
		e := &s.InitContainers[len(s.InitContainers)-1].Value
		e.After, before = before, nil
		f.places = append(f.places, place{c, at, tree.P("initContainers", c.Name), &e.Container, schema.InitContainer, &e.Mounts})
	}
	for i := range spec.Containers {
		if i != own {
			f.sidecar(&spec.Containers[i], f.spec("containers", i), schema.OrdinarySidecar)
		}
	}
	if len(s.InitContainers) == 0 {
		s.InitContainers = nil
	}
	if len(s.Sidecars) == 0 {
		s.Sidecars = nil
	}
}

func (f *workload) sidecar(c *corev1.Container, at tree.Path, role schema.Role) {
	isNative := role == schema.NativeSidecar
	f.s.Sidecars = append(f.s.Sidecars, schema.Entry[schema.Sidecar]{Key: c.Name, Value: schema.Sidecar{Native: &isNative}})
	e := &f.s.Sidecars[len(f.s.Sidecars)-1].Value
	f.places = append(f.places, place{c, at, tree.P("sidecars", c.Name), &e.Container, role, &e.Mounts})
}

// main is the index of the container that is the service's own: the one that is called
// as the workload, else the one that a Service leads to, else the first.
func (f *workload) main(all []corev1.Container) int {
	for i := range all {
		if all[i].Name == f.o.Name {
			return i
		}
	}
	for i := range all {
		for j := range all[i].Ports {
			if f.served(&all[i].Ports[j]) != nil {
				return i
			}
		}
	}
	return 0
}

func (f *workload) container(p *place) {
	f.image(p)
	p.to.Command, p.to.Args, p.to.WorkingDir = unlessNone(p.Command), unlessNone(p.Args), p.WorkingDir
	f.env(p)
	f.envFrom(p)
	f.probes(p)
	f.resources(p)
	f.lifecycle(p)
	p.to.SecurityContext = unlessEmpty(p.SecurityContext)
	f.literals(p)
}

// noImage is the reason why one has to be said: the API server refuses the container.
const noImage = "the container has no image"

// image takes a reference apart. One without a version is what kgen would refuse.
func (f *workload) image(p *place) {
	long := load.LongForm(mapNode(tree.Pos{}, "image", stringNode(p.Image, tree.Pos{}))).Get("image")
	image, at := &p.to.Image, p.at.With("image")
	if p.Image == "" {
		*image = schema.Image{Repository: "unknown", Mutable: true}
		f.tell(convert.ToDo, at, p.field("image"), "the container has no image: say one")
		f.c.intends(f.o, at, noImage)
		f.c.intends(f.o, p.at.With("imagePullPolicy"), noImage)
		return
	}
	if mistakes := tree.Decode(long, image); len(mistakes) > 0 || image.String() != p.Image {
		*image = schema.Image{Repository: "unknown", Mutable: true}
		f.tell(convert.ToDo, at, p.field("image"), "it is no reference of an image: a patch keeps it, name another one")
		return
	}
	image.PullPolicy = string(p.ImagePullPolicy)
	switch {
	case image.Digest != "":
		return
	case image.Tag == "":
		f.tell(convert.Debt, at, p.field("image", "mutable"), "%s has no tag: another image may run after every start", p.Image)
	case image.Tag == "latest":
		f.tell(convert.Debt, at, p.field("image", "mutable"), "%s is another image after every push", p.Image)
	default:
		return
	}
	image.Mutable = true
}

// lifecycle keeps the hooks; a sleep before the stop of the service's own container kgen
// says in a word.
func (f *workload) lifecycle(p *place) {
	p.to.Lifecycle = unlessEmpty(p.Lifecycle)
	if p.path != nil {
		return
	}
	drain := int64(0)
	f.s.DrainSeconds = &drain
	l := p.to.Lifecycle
	if l == nil || l.PreStop == nil || l.PreStop.Sleep == nil || l.PreStop.Sleep.Seconds == 0 {
		return
	}
	drain = l.PreStop.Sleep.Seconds
	rest := *l
	rest.PreStop = nil
	p.to.Lifecycle = unlessEmpty(&rest)
}
