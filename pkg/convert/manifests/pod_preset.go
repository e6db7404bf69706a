package manifests

import corev1 "k8s.io/api/core/v1"

// preset is the strictest of kgen's that says nothing which the security contexts do not
// say themselves; what they say as it does need not be said then.
func (f *workload) preset() string {
	pod := f.s.PodSecurityContext
	switch {
	case pod == nil || pod.SeccompProfile == nil || f.wantsOwner(pod):
		return "none"
	case pod.RunAsNonRoot != nil && f.allSay(func(c *corev1.SecurityContext) bool {
		return c.AllowPrivilegeEscalation != nil && c.ReadOnlyRootFilesystem != nil && c.Capabilities != nil && c.Capabilities.Drop != nil
	}):
		return "restricted"
	case f.allSay(func(c *corev1.SecurityContext) bool { return c.AllowPrivilegeEscalation != nil }):
		return "baseline"
	}
	return "none"
}

// allSay asks of the security contexts of all containers.
func (f *workload) allSay(ask func(*corev1.SecurityContext) bool) bool {
	for i := range f.places {
		if c := f.places[i].to.SecurityContext; c == nil || !ask(c) {
			return false
		}
	}
	return true
}

// wantsOwner reports whether kgen would say more about the group of the volumes than the
// pods do: it does so where they mount a claim.
func (f *workload) wantsOwner(pod *corev1.PodSecurityContext) bool {
	hasClaim := false
	for i := range f.s.Volumes {
		v := &f.s.Volumes[i].Value
		hasClaim = hasClaim || v.Size != "" || v.Claim != "" || v.Ephemeral != nil
	}
	user := pod.RunAsUser
	if own := f.s.SecurityContext; own != nil && own.RunAsUser != nil {
		user = own.RunAsUser
	}
	lacksGroup := pod.FSGroup == nil && user != nil && *user != 0
	lacksPolicy := pod.FSGroup != nil && pod.FSGroupChangePolicy == nil
	return hasClaim && (lacksGroup || lacksPolicy)
}
