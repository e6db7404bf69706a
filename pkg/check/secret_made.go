package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// madeSecrets: what a controller cannot make a Secret of.
func madeSecrets(s *schema.Service, sink *report.Sink) {
	for i := range s.Secrets {
		secret, at := &s.Secrets[i].Value, tree.P("secrets", s.Secrets[i].Key)
		if e := secret.External; e != nil {
			externalSecret(e, at.With("external"), sink)
		}
		if sealed := secret.Sealed; sealed != nil {
			sealedSecret(sealed, at.With("sealed"), sink)
		}
		if secret.Hashed && !secret.Existing && !secret.IsMade() {
			sink.KeyErrorf(schema.InvalidValue, at.With("hashed"), "the name of a Secret that a controller makes has no hash").Fix = "remove it"
		}
	}
}

func externalSecret(e *schema.ExternalSecret, at tree.Path, sink *report.Sink) {
	if e.Key == "" && len(e.Data) == 0 {
		sink.KeyErrorf(schema.MissingField, at.With("key"), "the Secret has no content").
			Fix = "add key, the entry of the store to take all values of, or data"
	}
	for i := range e.Data {
		if name := e.Data[i].Key; e.Ref(e.Data[i].Value).Key == "" {
			sink.KeyErrorf(schema.MissingField, at.With("data", name), "which entry of the store has the value is not said").
				Fix = "add key here, or beside store for all"
		}
	}
}

func sealedSecret(sealed *schema.SealedSecret, at tree.Path, sink *report.Sink) {
	if len(sealed.EncryptedData) == 0 {
		sink.KeyErrorf(schema.MissingField, at, "the Secret has no content").Fix = `add values as kubeseal prints them, as in PASSWORD: "AgB..."`
	}
	for i := range sealed.EncryptedData {
		entry := &sealed.EncryptedData[i]
		if !secrets.IsSealed(entry.Value) {
			// The value may be the secret itself, so it is not shown.
			sink.KeyErrorf(schema.LiteralSecret, at.With("encryptedData", entry.Key), "the value is not sealed").
				Fix = "write what kubeseal --raw prints: base64 of some 400 characters or more, which begins with A"
		}
	}
}
