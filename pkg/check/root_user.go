package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// rootUser: row 20. What the container says goes over what the pod says.
func rootUser(s *schema.Service, sink *report.Sink) {
	var nonRoot *bool
	var user *int64
	at := "podSecurityContext"
	if p := s.PodSecurityContext; p != nil {
		nonRoot, user = p.RunAsNonRoot, p.RunAsUser
	}
	if c := s.SecurityContext; c != nil {
		if c.RunAsNonRoot != nil {
			nonRoot = c.RunAsNonRoot
		}
		if c.RunAsUser != nil {
			user, at = c.RunAsUser, "securityContext"
		}
	}
	if nonRoot == nil || user == nil || !*nonRoot || *user != 0 {
		return
	}
	sink.Errorf(schema.PodSecurity, tree.P(at, "runAsUser"), "user 0 is root, and runAsNonRoot is true").
		Fix = "name another user, or set " + at + ": runAsNonRoot: false"
}
