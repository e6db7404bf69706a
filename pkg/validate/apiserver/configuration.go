package apiserver

import (
	"crypto/tls"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// The rules of this file follow pkg/registry/core/*/strategy.go.

var configMap = rules[corev1.ConfigMap, core.ConfigMap]{
	fill:     coreconvert.SetObjectDefaults_ConfigMap,
	convert:  coreconvert.Convert_v1_ConfigMap_To_core_ConfigMap,
	validate: corevalidation.ValidateConfigMap,
}

var secret = rules[corev1.Secret, core.Secret]{
	fill:     coreconvert.SetObjectDefaults_Secret,
	convert:  coreconvert.Convert_v1_Secret_To_core_Secret,
	validate: corevalidation.ValidateSecret,
	warn: func(s *core.Secret) []string {
		if s.Type != core.SecretTypeTLS {
			return nil
		}
		if _, err := tls.X509KeyPair(s.Data[core.TLSCertKey], s.Data[core.TLSPrivateKeyKey]); err != nil {
			return []string{err.Error()}
		}
		return nil
	},
}

var serviceAccount = rules[corev1.ServiceAccount, core.ServiceAccount]{
	convert: coreconvert.Convert_v1_ServiceAccount_To_core_ServiceAccount,
	prepare: func(a *core.ServiceAccount) {
		for i := range a.Secrets {
			a.Secrets[i] = core.ObjectReference{Name: a.Secrets[i].Name}
		}
	},
	validate: corevalidation.ValidateServiceAccount,
	warn: func(a *core.ServiceAccount) []string {
		const mountable = "kubernetes.io/enforce-mountable-secrets"
		if _, found := a.Annotations[mountable]; !found {
			return nil
		}
		return []string{"metadata.annotations[" + mountable + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"}
	},
}
