package compose

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// convertMounts takes secrets and configs, which are files in the container.
func (s *service) convertMounts() {
	for i, ref := range s.from.Secrets {
		s.convertSecret(types.FileReferenceConfig(ref), i)
	}
	for i, ref := range s.from.Configs {
		s.convertConfig(types.FileReferenceConfig(ref), i)
	}
}

// convertSecret makes a file of a secret, whose value comes from a variable when it is
// rendered.
func (s *service) convertSecret(ref types.FileReferenceConfig, i int) {
	secret, isKnown := s.model.Secrets[ref.Source]
	if !isKnown {
		s.refused(fmt.Sprintf("there is no secret %q: say it under secrets", ref.Source), "secrets", i)
		return
	}
	target := path.Join("/run/secrets", cmp.Or(ref.Target, ref.Source))
	if path.IsAbs(ref.Target) {
		target = path.Clean(ref.Target)
	}
	if bool(secret.External) {
		s.mountExternalSecret(cmp.Or(secret.Name, ref.Source), target, i, ref)
		return
	}
	source := s.sourceOfFile(&secret, ref.Source)
	file := schema.File{Secret: &schema.SecretSource{Env: source}, Mode: modeOf(ref.Mode), SubPath: !isEmptyDir(path.Dir(target))}
	put(&s.to.Files, target, file)
	s.kept("files."+target, "secrets", i)
	s.letRead(ref, "secrets", i)
	s.change("", "", "its value comes from the variable "+source+" when Secrets are rendered", "secrets", ref.Source)
}

// sourceOfFile is the variable that the value of a secret of the project comes from.
func (s *service) sourceOfFile(secret *types.SecretConfig, name string) string {
	if secret.Environment != "" {
		return secret.Environment
	}
	id := "secrets." + name // the same for all services, whatever the value is
	source := names.MakeEnvName(name)
	for n := 2; s.sources[source] != "" && s.sources[source] != id; n++ {
		source = fmt.Sprintf("%s_%d", names.MakeEnvName(name), n)
	}
	s.sources[source] = id
	return source
}

// letRead gives the pod the group that may read a file which not everybody may: files of
// Secrets and ConfigMaps belong to root, and to the group of the pod.
// https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
func (s *service) letRead(ref types.FileReferenceConfig, key string, i int) {
	if ref.Mode == nil || *ref.Mode == 0 || *ref.Mode&0o004 != 0 || s.fileGroup != nil {
		return
	}
	user, group, _ := strings.Cut(s.from.User, ":")
	number, err := strconv.ParseInt(cmp.Or(ref.GID, group, user), 10, 32)
	if err != nil || number <= 0 {
		return
	}
	s.fileGroup = &number
	at := []any{key, i}
	if ref.GID != "" {
		at = append(at, "gid")
	}
	s.changed("podSecurityContext.fsGroup", "the group of the pod, which may read its files", at...)
}

// mountExternalSecret mounts a key of a Secret that the project does not make.
func (s *service) mountExternalSecret(name, target string, i int, ref types.FileReferenceConfig) {
	label := labelOf(name)
	put(&s.to.Secrets, label, schema.Secret{Existing: true})
	key := s.keyFor(target)
	s.mount(key, target, schema.Volume{Secret: &corev1.SecretVolumeSource{SecretName: label}}, schema.Mount{SubPath: ref.Source, ReadOnly: true})
	s.changed("volumes."+key, fmt.Sprintf("the Secret %s has to be there, with the value under the key %s", label, ref.Source), "secrets", i)
	s.keep("", "", "secrets", ref.Source)
}

func (s *service) convertConfig(ref types.FileReferenceConfig, i int) {
	config, isKnown := s.model.Configs[ref.Source]
	if !isKnown {
		s.refused(fmt.Sprintf("there is no config %q: say it under configs", ref.Source), "configs", i)
		return
	}
	target := path.Clean("/" + cmp.Or(ref.Target, ref.Source))
	if bool(config.External) {
		name := labelOf(cmp.Or(config.Name, ref.Source))
		put(&s.to.ConfigMaps, name, schema.ConfigMap{Existing: true})
		key := s.keyFor(target)
		reference := corev1.LocalObjectReference{Name: name}
		s.mount(key, target, schema.Volume{ConfigMap: &corev1.ConfigMapVolumeSource{LocalObjectReference: reference}}, schema.Mount{SubPath: ref.Source, ReadOnly: true})
		s.changed("volumes."+key, fmt.Sprintf("the ConfigMap %s has to be there, with the text under the key %s", name, ref.Source), "configs", i)
		s.keep("", "", "configs", ref.Source)
		return
	}
	note, why := s.addConfig(&config, target, s.at("configs", i))
	file := s.to.Files.Get(target)
	if why != "" || file == nil {
		s.asked("files."+target, why, "configs", i)
		s.keep("", "", "configs", ref.Source)
		return
	}
	file.SubPath = !isEmptyDir(path.Dir(target))
	if mode := modeOf(ref.Mode); mode != "" {
		file.Mode = mode
	}
	s.letRead(ref, "configs", i)
	if note != "" {
		s.changed("files."+target, note, "configs", i)
	} else {
		s.kept("files."+target, "configs", i)
	}
	s.keep("", "", "configs", ref.Source)
}

// addConfig adds the file of a config, or says why there is none.
func (s *service) addConfig(config *types.ConfigObjConfig, target string, at tree.Path) (note, why string) {
	if config.File != "" {
		name := s.model.loader.besides(".", config.File)
		info, err := statFile(name)
		if err != nil {
			return "", config.File + ": no such file: write files with its content"
		}
		return s.addFile(name, target, info, at)
	}
	content := config.Content
	if config.Environment != "" {
		value, isSet := s.model.loader.lookup(config.Environment)
		if !isSet {
			return "", "the variable " + config.Environment + " has no value, here or in .env: write files with the content"
		}
		content = value
	}
	note = s.addContent([]byte(content), target, "", at)
	if file := s.to.Files.Get(target); file.Source != "" && len(content) < mostInline {
		s.draft.RemoveFile(file.Source)
		text, _ := s.rename(mention{text: content, at: at, isFile: true}, "files."+target)
		file.Source, file.Content = "", &text
	}
	return note, ""
}

// mostInline is how many bytes a content may have that stands in the service itself.
const mostInline = 2000

func modeOf(mode *types.FileMode) string {
	if mode == nil || *mode == 0 || *mode > 0o777 {
		return ""
	}
	return "0" + strconv.FormatInt(int64(*mode), 8)
}
