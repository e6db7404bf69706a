package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
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
			externalTemplate(s, e, at.With("external", "template", "data"), sink)
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
	storeName(&e.Store, at.With("store", "name"), sink)
	switch {
	case e.Key == "" && e.IsWhole():
		sink.KeyErrorf(schema.MissingField, at.With("key"), "the Secret has no content").
			Fix = "add key, the entry of the store to take all values of, or data or dataFrom"
	case e.Property != "" && !e.IsWhole():
		sink.KeyErrorf(schema.InvalidValue, at.With("property"), "nothing goes by it: it is for the whole entry").Fix = "say it under data or dataFrom"
	case e.Key != "" && len(e.Data) == 0 && len(e.DataFrom) > 0:
		sink.KeyErrorf(schema.InvalidValue, at.With("key"), "nothing goes by it: dataFrom says which entries there are").
			Fix = "add it to dataFrom, as in {extract: key: KEY}, or remove it"
	}
	for i := range e.Data {
		value, at := &e.Data[i].Value, at.With("data", e.Data[i].Key)
		if e.Ref(*value).Key == "" {
			sink.KeyErrorf(schema.MissingField, at, "which entry of the store has the value is not said").
				Fix = "add key here, or beside store for all"
		}
		storeName(value.Store, at.With("store", "name"), sink)
	}
	for i := range e.DataFrom {
		externalSource(&e.DataFrom[i], at.With("dataFrom", i), sink)
	}
	if e.DeletionPolicy == "Delete" && e.CreationPolicy == "Merge" {
		sink.Errorf(schema.InvalidValue, at.With("deletionPolicy"), "the Secret is somebody else's with creationPolicy: Merge, and not deleted").
			Fix = "take deletionPolicy: Merge, which removes the keys"
	}
}

func storeName(store *schema.SecretStore, at tree.Path, sink *report.Sink) {
	if store != nil && !names.DNSName.Fits(store.Name) {
		sink.Errorf(schema.BadName, at, "%s", names.DNSName.Complaint(store.Name))
	}
}

func externalSource(source *schema.ExternalSource, at tree.Path, sink *report.Sink) {
	storeName(source.Store, at.With("store", "name"), sink)
	switch {
	case source.Extract == nil && source.Find == nil && source.Generator == nil:
		sink.Errorf(schema.MissingField, at, "where the values are from is not said").Fix = "add extract, find or generator"
	case source.Generator != nil && source.Store != nil:
		sink.KeyErrorf(schema.InvalidValue, at.With("store"), "a generator is in no store").Fix = "remove it"
	}
	if f := source.Find; f != nil {
		if f.Name == "" && len(f.Tags) == 0 && f.Path == "" {
			sink.KeyErrorf(schema.MissingField, at.With("find"), "what is looked for is not said").Fix = `add name, a regular expression, or tags`
		}
		expression(f.Name, at.With("find", "name"), sink)
	}
	for i := range source.Rewrite {
		r, at := &source.Rewrite[i], at.With("rewrite", i)
		switch {
		case r.Regexp == nil && r.Transform == "":
			sink.Errorf(schema.MissingField, at, "what becomes of the names is not said").Fix = "add regexp or transform"
		case r.Regexp != nil:
			expression(r.Regexp.Source, at.With("regexp", "source"), sink)
		}
	}
}

// expression refuses what is no regular expression of Go, and so of the controllers.
func expression(text string, at tree.Path, sink *report.Sink) {
	if _, err := regexp.Compile(text); err != nil {
		sink.Errorf(schema.InvalidValue, at, "%q is no regular expression: %s", text, err)
	}
}

// externalTemplate: row 10 in templates, of which a part that the store gives is none.
func externalTemplate(s *schema.Service, e *schema.ExternalSecret, at tree.Path, sink *report.Sink) {
	if e.Template == nil {
		return
	}
	for i := range e.Template.Data {
		key, text := e.Template.Data[i].Key, e.Template.Data[i].Value
		if slices.Contains(s.AllowLiteral, key) {
			continue
		}
		if sign := secrets.In(key, blankActions(text)); sign != secrets.None {
			sink.Errorf(schema.LiteralSecret, at.With(key), "%s", told(sign)).
				Fix = "take it from the store, as in {{ .password }}" + declineLiteral(key)
		}
	}
}

// blankActions leaves of a template what stands in the source itself; nothing of one
// that the store gives as a whole.
func blankActions(text string) string {
	var rest strings.Builder
	for {
		before, after, isAction := strings.Cut(text, "{{")
		rest.WriteString(before)
		if !isAction {
			return rest.String()
		}
		_, text, _ = strings.Cut(after, "}}")
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
