package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// loginOf is how Prometheus shows who it is; false where a key may lack, which kgen
// cannot say.
func loginOf(e *addon.Endpoint) (m *schema.Metrics, isKnown bool) {
	m, isKnown = &schema.Metrics{}, true
	key := func(from *corev1.SecretKeySelector) schema.SecretKey {
		isKnown = isKnown && from.Optional == nil
		return schema.SecretKey{Secret: from.Name, Key: from.Key}
	}
	if e.BasicAuth != nil {
		m.BasicAuth = &schema.MetricsLogin{Username: key(&e.BasicAuth.Username), Password: key(&e.BasicAuth.Password)}
	}
	if e.Authorization != nil {
		m.Authorization = &schema.MetricsToken{Type: e.Authorization.Type, Credentials: key(&e.Authorization.Credentials)}
	}
	if t := e.TLSConfig; t != nil {
		certificate := func(from *addon.CertificateSource) *schema.MetricsCertificate {
			switch {
			case from == nil:
				return nil
			case from.Secret != nil && from.ConfigMap == nil:
				k := key(from.Secret)
				return &schema.MetricsCertificate{Secret: k.Secret, Key: k.Key}
			case from.ConfigMap != nil && from.Secret == nil && from.ConfigMap.Optional == nil:
				return &schema.MetricsCertificate{ConfigMap: from.ConfigMap.Name, Key: from.ConfigMap.Key}
			}
			isKnown = false
			return nil
		}
		m.TLSConfig = &schema.MetricsTLS{ServerName: t.ServerName, InsecureSkipVerify: t.InsecureSkipVerify, CA: certificate(t.CA), Cert: certificate(t.Cert)}
		if t.KeySecret != nil {
			k := key(t.KeySecret)
			m.TLSConfig.KeySecret = &k
		}
	}
	return m, isKnown
}
