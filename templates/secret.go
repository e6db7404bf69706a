package templates

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Secret holds values, by key; own is one of s.OwnSecrets. What values lacks, the
// Secret lacks: whoever reads them answers for that.
func Secret(s *schema.Service, own schema.OwnSecret, values map[string][]byte) *corev1.Secret {
	return &corev1.Secret{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: metadata(s, own.Name),
		Immutable:  whenTrue(own.Immutable),
		Data:       values,
		Type:       corev1.SecretType(own.Type),
	}
}
