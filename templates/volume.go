package templates

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// volumeSource is the one kind of volume that v is.
func volumeSource(s *schema.Service, key string, v *schema.Volume) corev1.VolumeSource {
	switch {
	case v.Size != "":
		return claimSource(s.ClaimName(key, v))
	case v.Claim != "":
		return claimSource(v.Claim)
	case v.ConfigMap != nil:
		source := *v.ConfigMap
		source.Name = s.ConfigMapName(source.Name)
		return corev1.VolumeSource{ConfigMap: &source}
	case v.Secret != nil:
		source := *v.Secret
		source.SecretName = s.SecretName(source.SecretName)
		return corev1.VolumeSource{Secret: &source}
	case v.Projected != nil:
		return corev1.VolumeSource{Projected: projected(s, v.Projected)}
	case v.CSI != nil && v.CSI.NodePublishSecretRef != nil:
		source := *v.CSI
		source.NodePublishSecretRef = &corev1.LocalObjectReference{Name: s.SecretName(v.CSI.NodePublishSecretRef.Name)}
		return corev1.VolumeSource{CSI: &source}
	}
	return corev1.VolumeSource{
		EmptyDir:  v.EmptyDir,
		HostPath:  v.HostPath,
		NFS:       v.NFS,
		CSI:       v.CSI,
		Ephemeral: v.Ephemeral,
	}
}

func claimSource(name string) corev1.VolumeSource {
	return corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: name}}
}

// projected is p with the names that its ConfigMaps and Secrets are rendered under.
func projected(s *schema.Service, p *corev1.ProjectedVolumeSource) *corev1.ProjectedVolumeSource {
	out := *p
	out.Sources = make([]corev1.VolumeProjection, len(p.Sources))
	for i, source := range p.Sources {
		if source.ConfigMap != nil {
			renamed := *source.ConfigMap
			renamed.Name = s.ConfigMapName(renamed.Name)
			source.ConfigMap = &renamed
		}
		if source.Secret != nil {
			renamed := *source.Secret
			renamed.Name = s.SecretName(renamed.Name)
			source.Secret = &renamed
		}
		out.Sources[i] = source
	}
	return &out
}

// filesSource is the ConfigMap or the Secret of a directory of files, or both.
func filesSource(dir schema.FileDir) corev1.VolumeSource {
	config, secret := fileItems(dir, false), fileItems(dir, true)
	switch {
	case !dir.HasSecret():
		return corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
			LocalObjectReference: corev1.LocalObjectReference{Name: dir.Name}, Items: config,
		}}
	case !dir.HasConfig():
		return corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: dir.Name, Items: secret}}
	}
	reference := corev1.LocalObjectReference{Name: dir.Name}
	return corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
		{ConfigMap: &corev1.ConfigMapProjection{LocalObjectReference: reference, Items: config}},
		{Secret: &corev1.SecretProjection{LocalObjectReference: reference, Items: secret}},
	}}}
}

// fileItems names the files of dir with their modes: all of them, for a list
// leaves out what it does not name, or none where no file has a mode.
func fileItems(dir schema.FileDir, secret bool) []corev1.KeyToPath {
	var items []corev1.KeyToPath
	anyMode := false
	for _, f := range dir.Files {
		if (f.Secret != nil) != secret {
			continue
		}
		mode := f.Permissions()
		anyMode = anyMode || mode != nil
		items = append(items, corev1.KeyToPath{Key: f.Key, Path: f.Key, Mode: mode})
	}
	if !anyMode {
		return nil
	}
	return items
}
