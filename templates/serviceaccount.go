package templates

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// ServiceAccount is the identity of the pods of s; nil when it is somebody else's.
func ServiceAccount(s *schema.Service) *corev1.ServiceAccount {
	account := s.ServiceAccount
	if account == nil || !s.CreatesServiceAccount() {
		return nil
	}
	return &corev1.ServiceAccount{
		TypeMeta:                     metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta:                   metadata(s, s.ServiceAccountName(), account.Annotations),
		AutomountServiceAccountToken: s.AccountToken(),
	}
}
