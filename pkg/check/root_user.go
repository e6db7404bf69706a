package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// rootUser: row 20. What the container says goes over what the pod says, which is
// told once.
func rootUser(s *schema.Service, sink *report.Sink) {
	isPodTold := false
	for c := range s.PodContainers() {
		at := rootUserAt(s, &c)
		isPods := len(at) == 1 && at[0] == any("podSecurityContext")
		if at == nil || isPods && isPodTold {
			continue
		}
		isPodTold = isPodTold || isPods
		fix := inside(&c) + "securityContext"
		if isPods {
			fix = "podSecurityContext"
		}
		sink.Errorf(schema.PodSecurity, at.With("runAsUser"), "user 0 is root, and runAsNonRoot is true").
			Fix = "name another user, or set " + fix + ": runAsNonRoot: false"
	}
}

// rootUserAt is the security context that makes a process root that must not be;
// nil where it is none.
func rootUserAt(s *schema.Service, c *schema.PodContainer) tree.Path {
	var nonRoot *bool
	var user *int64
	at := tree.P("podSecurityContext")
	if p := s.PodSecurityContext; p != nil {
		nonRoot, user = p.RunAsNonRoot, p.RunAsUser
	}
	if own := c.SecurityContext; own != nil {
		if own.RunAsNonRoot != nil {
			nonRoot = own.RunAsNonRoot
		}
		if own.RunAsUser != nil {
			user, at = own.RunAsUser, c.Path.With("securityContext")
		}
	}
	if nonRoot == nil || user == nil || !*nonRoot || *user != 0 {
		return nil
	}
	return at
}

// isRootTold reports whether rootUser says what is wrong at a path already.
func isRootTold(s *schema.Service, at tree.Path) bool {
	for c := range s.PodContainers() {
		if told := rootUserAt(s, &c); told != nil && told.With("runAsUser").String() == at.String() {
			return true
		}
	}
	return false
}
