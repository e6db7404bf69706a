package check

import (
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// kedaAuthentications: credentials that are none, or that KEDA's admission refuses.
func kedaAuthentications(s *schema.Service, at tree.Path, sink *report.Sink) {
	all := s.Autoscaling.Keda.Authentications
	for i := range all {
		name, c, at := all[i].Key, &all[i].Value, at.With(all[i].Key)
		if !names.DNSName.Fits(name) {
			sink.KeyErrorf(schema.BadName, at, "%s", names.DNSName.Complaint(name))
		}
		if len(c.SecretTargetRef) == 0 && len(c.Env) == 0 && c.PodIdentity == nil {
			sink.KeyErrorf(schema.MissingField, at, "it has no credentials").Fix = "add secretTargetRef, env or podIdentity"
		}
		for j := range c.Env {
			triggerVariable(s, c.Env[j].Value, at.With("env", c.Env[j].Key), sink)
		}
		if id := c.PodIdentity; id != nil {
			kedaIdentity(id, at.With("podIdentity"), sink)
		}
	}
}

// kedaIdentity: triggerauthentication_webhook.go of v2.21.
func kedaIdentity(id *schema.KedaIdentity, at tree.Path, sink *report.Sink) {
	isAWS, isAzure := id.Provider == "aws", id.Provider == "azure-workload"
	for _, f := range []struct {
		name, value, provider string
		fits                  bool
	}{
		{"identityId", id.IdentityID, "azure-workload", isAzure}, {"identityTenantId", id.IdentityTenantID, "azure-workload", isAzure},
		{"roleArn", id.RoleArn, "aws", isAWS}, {"identityOwner", id.IdentityOwner, "aws", isAWS},
	} {
		if f.value != "" && !f.fits {
			sink.KeyErrorf(schema.InvalidValue, at.With(f.name), "%s has none: it is for %s", id.Provider, f.provider).Fix = "remove it"
		}
	}
	if isAWS && id.RoleArn != "" && id.IdentityOwner != "" {
		sink.KeyErrorf(schema.TwoOfGroup, at.With("identityOwner"), "only one of roleArn and identityOwner may stand").Fix = "remove one of the two"
	}
	if isAzure && id.IdentityTenantID != "" && id.IdentityID == "" {
		sink.KeyErrorf(schema.MissingField, at.With("identityTenantId"), "a tenant is that of an identity").Fix = "add identityId"
	}
}
