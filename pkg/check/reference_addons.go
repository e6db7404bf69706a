package check

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// addons: row 24 for what Prometheus and KEDA take from Secrets and ConfigMaps.
func (r *referrer) addons() {
	if m := r.m.Metrics; m != nil && !m.Declined {
		at := tree.P("metrics")
		if m.BasicAuth != nil {
			r.secretKey(&m.BasicAuth.Username, at.With("basicAuth", "username"))
			r.secretKey(&m.BasicAuth.Password, at.With("basicAuth", "password"))
		}
		if m.Authorization != nil {
			r.secretKey(&m.Authorization.Credentials, at.With("authorization", "credentials"))
		}
		if m.TLSConfig != nil {
			r.certificate(m.TLSConfig.CA, at.With("tlsConfig", "ca"))
			r.certificate(m.TLSConfig.Cert, at.With("tlsConfig", "cert"))
			r.secretKey(m.TLSConfig.KeySecret, at.With("tlsConfig", "keySecret"))
		}
	}
	if r.m.Autoscaling == nil || r.m.Autoscaling.Keda == nil {
		return
	}
	all := r.m.Autoscaling.Keda.Authentications
	for i := range all {
		refs := all[i].Value.SecretTargetRef
		for j := range refs {
			r.secretKey(&refs[j].Value, tree.P("autoscaling", "keda", "authentications", all[i].Key, "secretTargetRef", refs[j].Key))
		}
	}
}

func (r *referrer) secretKey(k *schema.SecretKey, at tree.Path) {
	if k != nil {
		r.key(object{aSecret, k.Secret, nil}, k.Key, "secret", at)
	}
}

func (r *referrer) certificate(c *schema.MetricsCertificate, at tree.Path) {
	switch {
	case c == nil:
	case c.Secret != "":
		r.key(object{aSecret, c.Secret, nil}, c.Key, "secret", at)
	case c.ConfigMap != "":
		r.key(object{aConfigMap, c.ConfigMap, nil}, c.Key, "configMap", at)
	}
}

// key judges a reference to one key of an object, which stands in field of at.
func (r *referrer) key(o object, key, field string, at tree.Path) {
	switch {
	case r.isMissing(o):
		r.missing(o, at.With(field)...)
	case r.isLacking(o, key):
		r.lacking(o, key, at.With("key")...)
	}
}
