package lint

import (
	"regexp"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// reloader matches annotations by which a controller restarts pods.
var reloader = regexp.MustCompile(`(^|\.)reloader\.stakater\.com/|^wave\.pusher\.com/`)

// restartsOnChange reports whether the pods are made anew when a ConfigMap or Secret
// of theirs changes: by a checksum in the template, or by a controller.
func (w *Workload) restartsOnChange() bool {
	for _, annotations := range []map[string]string{w.Meta.Annotations, w.Annotations()} {
		for key := range annotations {
			if reloader.MatchString(key) {
				return true
			}
		}
	}
	for key := range w.Meta.Annotations {
		if isChecksum(key) {
			return true
		}
	}
	return false
}

// checksum matches words for one, alone or at the end of what is written together, as in
// configHash.
var checksum = regexp.MustCompile(`(?i:checksum)|(\b|_)(?i:hash|sha|sha1|sha256|sha512|md5)(\b|_)|[a-z](Hash|Sha|SHA|Sha256|SHA256)(\b|_)`)

// isChecksum reports whether an annotation called so holds a checksum, by a whole word:
// hashicorp and shared are others.
func isChecksum(key string) bool { return checksum.MatchString(key) }

// isConstant reports whether a ConfigMap or Secret keeps its content as long as it has
// its name.
func (x *Index) isConstant(w *Workload, kind, name string) bool {
	if hasHashedName(name) {
		return true
	}
	o := x.Find(w.Object, kind, w.Namespace, name)
	if o == nil {
		return false
	}
	switch v := o.Value.(type) {
	case *corev1.ConfigMap:
		return isTrue(v.Immutable)
	case *corev1.Secret:
		return isTrue(v.Immutable)
	}
	return false
}

// The letters of hashes: those that kustomize makes, which are ten and spell no words,
// and hexadecimal ones.
const (
	kustomizeLetters   = "bcdfghkmt2456789"
	hexadecimalLetters = "abcdef0123456789"
)

// hasHashedName reports whether a name ends in a hash of the content: web-5h2g9mk7tc,
// web-5f70bf18a0.
func hasHashedName(name string) bool {
	hash := name[strings.LastIndexByte(name, '-')+1:]
	if len(hash) == len(name) || len(hash) < 8 || !strings.ContainsAny(hash, "0123456789") {
		return false
	}
	return len(hash) == 10 && strings.Trim(hash, kustomizeLetters) == "" || strings.Trim(hash, hexadecimalLetters) == ""
}
