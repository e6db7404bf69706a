package compose

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// nameClaims gives each volume a name of its own.
func (c *converter) nameClaims() {
	c.claims = map[string]string{}
	taken := map[string]bool{}
	for _, source := range sortedKeys(c.model.Volumes) { // those that may stay as they are go first
		if labelOf(source) == source {
			c.claims[source], taken[source] = source, true
		}
	}
	for _, source := range sortedKeys(c.model.Volumes) {
		if c.claims[source] != "" {
			continue
		}
		label := cmp.Or(labelOf(source), "data")
		key := label
		for n := 2; taken[key]; n++ {
			key = fmt.Sprintf("%s-%d", label, n)
		}
		c.claims[source], taken[key] = key, true
	}
}

// mountClaim mounts the claim of a volume, or of a directory of the machine, which the
// first service that mounts it makes and the others name. It says what it needs.
func (s *service) mountClaim(source, target string, mount schema.Mount) (why string) {
	first, users := s.usersOf(source)
	key := s.claims[source]
	if first == nil {
		first, users = s, 1
	}
	size := s.sizeOf(source)
	if first != s || size == "" {
		s.mount(key, target, schema.Volume{Claim: first.to.Name + "-" + key}, mount)
		return ""
	}
	v := schema.Volume{Size: size, Retain: true} // compose keeps volumes when services go
	switch {
	case users > 1:
		why = fmt.Sprintf("%d services mount it: it needs a storage class whose volumes many nodes can mount", users)
	case s.pods() > 1:
		why = "many pods mount it: it needs a storage class whose volumes many nodes can mount"
	}
	if why != "" {
		v.AccessModes = []string{string(corev1.ReadWriteMany)}
	}
	s.mount(key, target, v, mount)
	return why
}

// pods is how many pods the service may have at a time.
func (s *service) pods() int {
	n := 1
	if s.from.Scale != nil {
		n = *s.from.Scale
	}
	if d := s.from.Deploy; d != nil && d.Replicas != nil {
		n = *d.Replicas
	}
	if s.to.Kind == schema.DaemonSet {
		n = 2
	}
	return n
}

// hasOwnClaim reports whether the service makes a claim that one node can mount.
func (s *service) hasOwnClaim() bool {
	return slices.ContainsFunc(s.to.Volumes, func(e schema.Entry[schema.Volume]) bool {
		return e.Value.Size != "" && len(e.Value.AccessModes) == 0
	})
}

// sizeOf is how large a volume is to be; empty where nobody said it.
func (c *converter) sizeOf(source string) string {
	o := c.model.loader.options
	c.sized[source], c.sized[c.claims[source]] = true, true
	return cmp.Or(o.VolumeSizes[source], o.VolumeSizes[c.claims[source]], o.VolumeSize)
}

// usersOf are the services that mount a volume, or keep their data in a directory: the
// first, which is to make the claim, and how many.
func (c *converter) usersOf(source string) (first *service, n int) {
	for _, s := range c.all {
		isUser := false
		for _, v := range s.from.Volumes {
			isSame := v.Source == source && (v.Type == "volume" || v.Type == "bind" && (v.ReadOnly || s.keepsData(v)))
			if isUser = isUser || isSame; isSame && (v.Type == "volume" || s.keepsData(v)) && s.isBefore(first) {
				first = s
			}
		}
		if isUser {
			n++
		}
	}
	return first, n
}

// isBefore reports whether the service is to make the claims that it shares with another:
// it stands before that in the file, and does not end.
func (s *service) isBefore(other *service) bool {
	if other == nil || s == other {
		return other == nil
	}
	if s.to.EndsByItself() != other.to.EndsByItself() {
		return other.to.EndsByItself()
	}
	one, two := s.model.Pos(s.at()...), s.model.Pos(other.at()...)
	return one.Source == two.Source && one.Line < two.Line
}

// isMemory reports whether a volume is a tmpfs.
func isMemory(config *types.VolumeConfig) bool { return config.DriverOpts["type"] == "tmpfs" }

// nfsOf is the NFS share that a volume is, nil for others.
func nfsOf(config *types.VolumeConfig) *corev1.NFSVolumeSource {
	if config.DriverOpts["type"] != "nfs" && config.DriverOpts["type"] != "nfs4" {
		return nil
	}
	device := config.DriverOpts["device"]
	nfs := &corev1.NFSVolumeSource{Path: strings.TrimPrefix(device, ":")}
	if server, dir, hasServer := strings.Cut(device, ":"); hasServer && server != "" {
		nfs.Server, nfs.Path = server, dir
	}
	for option := range strings.SplitSeq(config.DriverOpts["o"], ",") {
		if server, isServer := strings.CutPrefix(option, "addr="); isServer {
			nfs.Server = server
		}
		nfs.ReadOnly = nfs.ReadOnly || option == "ro"
	}
	if nfs.Server == "" || !path.IsAbs(nfs.Path) {
		return nil
	}
	return nfs
}

// accountVolume says what became of what the project says of a volume.
func (c *converter) accountVolume(name string) {
	config := c.model.Volumes[name]
	first, users := c.usersOf(name)
	at := tree.P("volumes", name)
	size := c.sizeOf(name)
	switch {
	case users == 0:
		c.drop("", "no service that is imported mounts it", at...)
		return
	case bool(config.External), isMemory(&config), nfsOf(&config) != nil:
		c.keep("", "", at...)
		c.accountOptions(name, &config)
		return
	case size == "":
		c.askForSize(first, name, at)
	default:
		c.change(first.to.Name, "volumes."+c.claims[name], "a claim of "+size+" with the default storage class, which stays when the service goes (retain)", at...)
	}
	if config.Driver == "local" {
		c.keep("", "", "volumes", name, "driver")
	} else if config.Driver != "" {
		c.drop(first.to.Name, "a driver of Docker; storageClassName chooses one of the cluster", "volumes", name, "driver")
	}
	if len(config.DriverOpts) > 0 {
		c.drop(first.to.Name, "options of a driver of Docker; a storage class has its own", "volumes", name, "driver_opts")
	}
}

// askForSize asks for the size of a claim: no compose file says it, and none is invented.
func (c *converter) askForSize(first *service, source string, at tree.Path) {
	key := c.claims[source]
	c.ask(first.to.Name, "volumes."+key, fmt.Sprintf("how large is it? --volume-size %s=SIZE makes the claim; without, the claim %s-%s has to be there", key, first.to.Name, key), at...)
}
