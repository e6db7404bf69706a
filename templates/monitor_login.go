package templates

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// How Prometheus shows who it is. The values stay in their Secrets.

func basicAuth(l *schema.MetricsLogin) *addon.BasicAuth {
	if l == nil {
		return nil
	}
	return &addon.BasicAuth{Username: *secretKey(&l.Username), Password: *secretKey(&l.Password)}
}

func authorization(t *schema.MetricsToken) *addon.Authorization {
	if t == nil {
		return nil
	}
	return &addon.Authorization{Type: t.Type, Credentials: *secretKey(&t.Credentials)}
}

func tlsConfig(t *schema.MetricsTLS) *addon.TLSConfig {
	if t == nil {
		return nil
	}
	return &addon.TLSConfig{
		CA: certificateSource(t.CA), Cert: certificateSource(t.Cert), KeySecret: secretKey(t.KeySecret),
		ServerName: t.ServerName, InsecureSkipVerify: t.InsecureSkipVerify,
	}
}

func certificateSource(c *schema.MetricsCertificate) *addon.CertificateSource {
	switch {
	case c == nil:
		return nil
	case c.ConfigMap != "":
		return &addon.CertificateSource{ConfigMap: &corev1.ConfigMapKeySelector{
			LocalObjectReference: corev1.LocalObjectReference{Name: c.ConfigMap}, Key: c.Key,
		}}
	}
	return &addon.CertificateSource{Secret: secretKey(&schema.SecretKey{Secret: c.Secret, Key: c.Key})}
}

func secretKey(k *schema.SecretKey) *corev1.SecretKeySelector {
	if k == nil {
		return nil
	}
	return &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: k.Secret}, Key: k.Key}
}
