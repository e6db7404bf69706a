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

var secretTrailingNewline = Rule{
	ID: "secret-trailing-newline", Severity: report.Warning, Refused: true, // Error of what is not base64
	Kinds: []string{"Secret"},
	Doc: Doc{
		Title: "password of a Secret ends in a line break",
		Why:   "the login fails with the right password, for the line break that echo wrote is a part of it",
		Fix:   "encode it without the line break: printf %s PASSWORD | base64, or stringData without a block scalar",
		Bad: `apiVersion: v1
kind: Secret
metadata: {name: web}
data:
  username: d2Vi
  password: Y29ycmVjdC1ob3JzZQo= # <-
`,
		Good: `apiVersion: v1
kind: Secret
metadata: {name: web}
data:
  username: d2Vi
  password: Y29ycmVjdC1ob3JzZQ==
`,
		Notes: []string{
			"It looks at keys whose names are those of passwords, tokens, keys and users, and whose value is one line; stringData is looked at as well.",
			"A value of data that is not base64 is an error, which the API server answers with as well.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		secret, isTyped := o.Value.(*corev1.Secret)
		if !isTyped {
			return
		}
		for _, at := range o.Unread {
			if len(at) == 2 && at[0] == "data" {
				r.AtUnread(at, "the value of %v is not base64", at[1]).As(report.Error).With("encode it, or put it under stringData")
			}
		}
		for _, key := range slices.Sorted(maps.Keys(secret.Data)) {
			if isLineOfCredential(key, string(secret.Data[key])) {
				r.At(tree.P("data", key), "the value of %s ends in a line break", key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(secret.StringData)) {
			if isLineOfCredential(key, secret.StringData[key]) {
				r.At(tree.P("stringData", key), "the value of %s ends in a line break", key)
			}
		}
	},
}

// isLineOfCredential reports whether a value is one whole line under a key that is used
// to log in. A file of passwords has lines.
func isLineOfCredential(key, value string) bool {
	if len(value) < 2 || strings.IndexByte(value, '\n') != len(value)-1 {
		return false
	}
	switch strings.ToLower(key) {
	case "user", "username", "login", "email":
		return true
	}
	return secrets.IsName(key) && !strings.Contains(strings.ToLower(key), "htpasswd")
}
