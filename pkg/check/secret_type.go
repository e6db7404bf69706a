package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// keysOfType are the keys without which the API server refuses a Secret of a type.
// Of basic-auth it asks for one of two, so that has a rule of its own.
var keysOfType = map[string][]string{
	"kubernetes.io/tls":              {"tls.crt", "tls.key"},
	"kubernetes.io/dockerconfigjson": {".dockerconfigjson"},
	"kubernetes.io/dockercfg":        {".dockercfg"},
	"kubernetes.io/ssh-auth":         {"ssh-privatekey"},
}

// secretTypes: a Secret without the keys of its type. It is told from the source,
// for mostly nobody renders the values before they are needed.
func secretTypes(s *schema.Service, sink *report.Sink) {
	for i := range s.Secrets {
		name, secret := s.Secrets[i].Key, &s.Secrets[i].Value
		if _, areKnown := secret.Keys(); !areKnown {
			continue
		}
		var missing []string
		for _, key := range keysOfType[secret.Type] {
			if !secret.Has(key) {
				missing = append(missing, key)
			}
		}
		if secret.Type == "kubernetes.io/basic-auth" && !secret.Has("username") && !secret.Has("password") {
			missing = []string{"username or password"}
		}
		if missing != nil {
			sink.Errorf(schema.MissingField, tree.P("secrets", name, "type"), "a Secret of this type needs %s", strings.Join(missing, " and ")).
				Fix = "add it under data, or take another type"
		}
	}
}
