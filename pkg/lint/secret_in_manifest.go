package lint

import (
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var secretInManifest = Rule{
	ID: "secret-in-manifest", Severity: report.Info,
	Kinds: []string{"Secret"},
	Doc: Doc{
		Title: "Secret with its values in a file",
		Why:   "base64 hides nothing: who may read the file has the secret, and a repository keeps it for ever",
		Fix:   "keep values in a store and fetch them by an ExternalSecret, or encrypt the file with SOPS or as a SealedSecret",
		Bad: `apiVersion: v1
kind: Secret
metadata: {name: web}
stringData:
  db-password: correct-horse # <-
`,
		Good: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  data:
  - secretKey: db-password
    remoteRef: {key: web/db-password}
`,
		Notes: []string{
			"Placeholders such as ${DB_PASSWORD}, values that SOPS has encrypted, certificates without their keys and empty values are no secrets.",
			"The Secrets of a kgen service are left alone, for their values are read from elsewhere when they are rendered.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		secret, isTyped := o.Value.(*corev1.Secret)
		if !isTyped || o.Service != "" {
			return
		}
		var keys []string
		var at tree.Path
		for _, key := range slices.Sorted(maps.Keys(secret.Data)) {
			if isWrittenSecret(key, string(secret.Data[key])) {
				keys, at = append(keys, key), tree.P("data", key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(secret.StringData)) {
			if isWrittenSecret(key, secret.StringData[key]) {
				keys, at = append(keys, key), tree.P("stringData", key)
			}
		}
		switch len(keys) {
		case 0:
		case 1:
			r.At(at, "the value of %s stands in the file", keys[0])
		default:
			r.At(at[:1], "the values of %s stand in the file", firstOf(keys, mostListed))
		}
	},
}

func isWrittenSecret(key, value string) bool {
	return strings.TrimSpace(value) != "" && !secrets.IsReference(value) && !strings.HasSuffix(key, ".crt")
}
