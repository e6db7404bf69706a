package validate

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// isWarned reports whether the release gives a warning of the newest server: one
// that recommends what the release refuses it does not.
func (j *Judge) isWarned(p *Problem) bool {
	recommendsNewer := p.Field == "spec.trafficDistribution" && strings.Contains(p.Message, corev1.ServiceTrafficDistributionPreferSameZone)
	return !recommendsNewer || versions.IsGateOn("PreferSameTrafficDistribution", j.release.Minor, j.release.Gates)
}

const redacted = `"<secret contents redacted>"`

// withoutSecrets is a problem without what the server's words give away of the
// values of a Secret: the first character that is wrong, the kind of a PEM block.
func withoutSecrets(o manifest.Typed, p Problem) Problem {
	if _, isSecret := o.(*corev1.Secret); !isSecret {
		return p
	}
	if before, _, hasContent := strings.Cut(p.Message, redacted); hasContent {
		p.Message = before + redacted + ": it is not the JSON that this type of Secret holds"
	}
	if strings.HasPrefix(p.Message, "tls: ") {
		p.Message = "tls.crt and tls.key are no certificate and key, in PEM, that belong together"
	}
	return p
}

// assumed are warnings of what only some clusters accept: an object is judged as
// if it were for one of them.
func assumed(o manifest.Typed) []Problem {
	service, isService := o.(*corev1.Service)
	if !isService {
		return nil
	}
	isV6 := func(ip string) bool { return strings.Contains(ip, ":") }
	at := tree.P("spec", "ipFamilies")
	policy := service.Spec.IPFamilyPolicy
	switch second := slices.IndexFunc(service.Spec.ClusterIPs, isV6); {
	case policy != nil && *policy == corev1.IPFamilyPolicyRequireDualStack:
		at = tree.P("spec", "ipFamilyPolicy")
	case slices.Contains(service.Spec.IPFamilies, corev1.IPv6Protocol):
	case isV6(service.Spec.ClusterIP):
		at = tree.P("spec", "clusterIP")
	case second >= 0:
		at = tree.P("spec", "clusterIPs", second)
	default:
		return nil
	}
	return []Problem{{
		Severity: report.Warning, ID: ServerWarning, Path: at, Field: at.String(),
		Message: "only a cluster that has this family of addresses for services accepts it",
	}}
}
