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

// convertVolumes takes what is mounted: volumes become claims, files of the machine
// become files, and memory stays memory.
func (s *service) convertVolumes() {
	for i, v := range s.from.Volumes {
		at := []any{"volumes", i}
		if !path.IsAbs(v.Target) || path.Clean(v.Target) == "/" {
			s.refused(fmt.Sprintf("%q is no path that a container can have it at", v.Target), at...)
			continue
		}
		switch v.Type {
		case "volume":
			s.convertVolume(v, at)
		case "bind":
			s.convertBind(v, at)
		case "tmpfs":
			size := types.UnitBytes(0)
			if v.Tmpfs != nil {
				size = v.Tmpfs.Size
			}
			s.kept("volumes."+s.addMemory(v.Target, size), at...)
		default:
			s.dropped("Kubernetes mounts no "+v.Type+" like this", at...)
		}
	}
	for i, text := range s.from.Tmpfs {
		s.convertTmpfs(i, text)
	}
	for i := range s.from.VolumesFrom {
		s.dropped("name the volumes themselves: each service says what it mounts", "volumes_from", i)
	}
	if size := s.from.ShmSize; s.isAmount(float64(size), "shm_size") {
		s.kept("volumes."+s.addMemory("/dev/shm", size), "shm_size")
	}
}

func (s *service) convertTmpfs(i int, text string) {
	target, options, _ := strings.Cut(text, ":")
	if !path.IsAbs(target) || path.Clean(target) == "/" {
		s.refused(fmt.Sprintf("%q is no path that a container can have it at", target), "tmpfs", i)
		return
	}
	if slices.ContainsFunc(s.from.Volumes, func(v types.ServiceVolumeConfig) bool { return path.Clean(v.Target) == path.Clean(target) }) {
		s.refused("volumes mounts something there too, and counts", "tmpfs", i)
		return
	}
	size, others := types.UnitBytes(0), []string{}
	for option := range strings.SplitSeq(options, ",") {
		switch name, value, _ := strings.Cut(option, "="); name {
		case "size":
			if err := size.DecodeMapstructure(value); err != nil {
				s.refused("size="+value+" is no size, as size=64m: it has no bound here", "tmpfs", i)
			}
		case "", "rw", "mode", "exec":
		default:
			others = append(others, name)
		}
	}
	key := s.addMemory(target, size)
	if len(others) > 0 {
		s.changed("volumes."+key, "memory; Kubernetes knows nothing of "+strings.Join(others, ", ")+", and everybody may write there", "tmpfs", i)
		return
	}
	s.kept("volumes."+key, "tmpfs", i)
}

// addMemory mounts memory, and returns the name of the volume.
func (s *service) addMemory(target string, size types.UnitBytes) string {
	return s.mount(s.keyFor(target), target, memoryDir(size), schema.Mount{})
}

// convertVolume takes a volume of the project, or one without a name.
func (s *service) convertVolume(v types.ServiceVolumeConfig, at []any) {
	mount := schema.Mount{ReadOnly: v.ReadOnly}
	if v.Volume != nil {
		mount.SubPath = strings.TrimPrefix(v.Volume.Subpath, "/")
	}
	if v.Source == "" {
		s.convertNameless(v, mount, at)
		return
	}
	config, isKnown := s.model.Volumes[v.Source]
	if !isKnown {
		s.refused(fmt.Sprintf("there is no volume %q: say it under volumes", v.Source), at...)
		return
	}
	s.fitData(v.Target, &mount, s.at(at...))
	key := s.claims[v.Source]
	switch {
	case isMemory(&config):
		s.changed("volumes."+key, "memory of each pod, which services do not share", at...)
		s.mount(key, v.Target, memoryDir(memorySize(&config)), mount)
		return
	case bool(config.External):
		claim := labelOf(cmp.Or(config.Name, v.Source))
		s.mount(key, v.Target, schema.Volume{Claim: claim}, mount)
		s.changed("volumes."+key, "the claim "+claim+" has to be there: no file makes it", at...)
		return
	case nfsOf(&config) != nil:
		s.mount(key, v.Target, schema.Volume{NFS: nfsOf(&config)}, mount)
		s.kept("volumes."+key, at...)
		return
	}
	why := s.mountClaim(v.Source, v.Target, mount)
	if note := s.fills(v); note != "" && why != "" {
		why += "; " + note
	} else if note != "" {
		why = note
	}
	if why == "" {
		s.kept("volumes."+key, at...)
		return
	}
	s.changed("volumes."+key, why, at...)
}

// fills says what Docker does to a new volume and Kubernetes does not; nothing of images
// that fill it themselves.
func (s *service) fills(v types.ServiceVolumeConfig) string {
	if s.isKnown || v.Volume != nil && v.Volume.NoCopy || v.ReadOnly {
		return ""
	}
	return "empty at first, where Docker copies what the image has there"
}

// convertNameless takes a volume without a name, which each container has for itself.
func (s *service) convertNameless(v types.ServiceVolumeConfig, mount schema.Mount, at []any) {
	isKept := slices.ContainsFunc(s.from.Volumes, func(o types.ServiceVolumeConfig) bool {
		return o.Type == "bind" && strings.HasPrefix(v.Target, strings.TrimRight(o.Target, "/")+"/")
	})
	if isKept && s.from.Build != nil {
		s.dropped("it keeps what the image has there from being hidden by what is mounted for development", at...)
		return
	}
	s.fitData(v.Target, &mount, s.at(at...))
	name := s.mount(s.keyFor(v.Target), v.Target, schema.Volume{EmptyDir: &corev1.EmptyDirVolumeSource{}}, mount)
	s.changed("volumes."+name, "a volume without a name ends with its pod, and is empty at first", at...)
}

// fitData makes a volume one that a database of a well-known image can begin in: a fresh
// one may have lost+found in it, or belong to another user.
func (s *service) fitData(target string, mount *schema.Mount, at tree.Path) {
	if !s.isKnown || mount.SubPath != "" {
		return
	}
	if s.image.Data == path.Clean(target) && s.image.SubPath != "" {
		mount.SubPath = s.image.SubPath
		s.change(s.to.Name, "volumes", "in the directory "+mount.SubPath+" of the volume: a fresh one may hold lost+found", at...)
	}
	s.fitDataDir(target, at)
}

// fitDataDir has a database of a well-known image begin in a directory of its own, where a
// variable says which.
func (s *service) fitDataDir(target string, at tree.Path) {
	const dataOfPostgres = "PGDATA"
	target = path.Clean(target)
	isData := s.image.Data == target || path.Dir(target) == s.image.Data
	for _, v := range s.image.Env {
		if _, isSet := s.variables[dataOfPostgres]; v.Name == dataOfPostgres && isData && !isSet {
			value := target + "/pgdata"
			put(&s.to.Env, dataOfPostgres, schema.EnvVar{Value: &value})
			s.change(s.to.Name, "env."+dataOfPostgres, "data below "+value+": a fresh volume may hold lost+found, and belongs to root", at...)
		}
	}
}

// mount mounts a volume, which may be mounted elsewhere already.
func (s *service) mount(key, target string, v schema.Volume, m schema.Mount) string {
	target = path.Clean("/" + target)
	for i := range s.to.Volumes { // the last of two mounts in one place is the one
		s.to.Volumes[i].Value.Mounts = slices.DeleteFunc(s.to.Volumes[i].Value.Mounts, func(e schema.Entry[schema.Mount]) bool { return e.Key == target })
	}
	s.to.Volumes = slices.DeleteFunc(s.to.Volumes, func(e schema.Entry[schema.Volume]) bool { return len(e.Value.Mounts) == 0 })
	if old := s.to.Volumes.Get(key); old != nil {
		put(&old.Mounts, target, m)
		return key
	}
	v.Mounts = schema.Map[schema.Mount]{{Key: target, Value: m}}
	put(&s.to.Volumes, key, v)
	return key
}

// keyFor is a short name for what is mounted at a path: its last words, as many as it
// takes to be no other's, or another that it has.
func (s *service) keyFor(target string, others ...string) string {
	words := strings.Split(strings.Trim(path.Clean("/"+target), "/"), "/")
	for n := 1; n <= len(words); n++ {
		key := labelOf(strings.Join(words[len(words)-n:], "-"))
		if key != "" && !s.to.Volumes.Has(key) && !s.isClaim(key) {
			return key
		}
	}
	for _, other := range others {
		if key := labelOf(other); key != "" && !s.to.Volumes.Has(key) && !s.isClaim(key) {
			return key
		}
	}
	for n := 2; ; n++ {
		if key := fmt.Sprintf("volume-%d", n); !s.to.Volumes.Has(key) && !s.isClaim(key) {
			return key
		}
	}
}

func (s *service) isClaim(key string) bool {
	for _, taken := range s.claims { // in any order: one is enough
		if taken == key {
			return true
		}
	}
	return false
}

// convertResourceKinds says what became of what the project says of its volumes,
// networks, secrets and configs.
func (c *converter) convertResourceKinds() {
	for _, name := range sortedKeys(c.model.Volumes) {
		c.accountVolume(name)
	}
	c.dropDockerNames()
	for _, kind := range []string{"secrets", "configs"} {
		entries, _ := c.model.long[kind].(dict)
		for _, name := range sortedKeys(entries) {
			if !c.isTold(tree.P(kind, name)) {
				c.drop("", "no service that is imported has it", kind, name)
			}
		}
	}
}
