package report

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
)

// Fingerprints tell findings apart from run to run, one for each in their order. They
// stay when lines and elements of lists move, and are made of the rule, the file, the
// object and the field; those that are alike in all are numbered.
func (r *Report) Fingerprints() []string {
	seen := map[string]int{}
	prints := make([]string, len(r.Findings))
	for i := range r.Findings {
		print := r.fingerprint(&r.Findings[i])
		seen[print]++
		prints[i] = print + ":" + strconv.Itoa(seen[print])
	}
	return prints
}

// fingerprintBytes are enough that two never meet by chance.
const fingerprintBytes = 16

func (r *Report) fingerprint(f *Finding) string {
	object := ""
	if len(f.Objects) > 0 {
		object = f.Objects[0]
	}
	var key []byte
	for _, part := range []string{f.ID, r.inRepository(f.Pos.File()), object, f.LastingField()} {
		key = strconv.AppendQuote(key, part)
	}
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:fingerprintBytes])
}

var indices = regexp.MustCompile(`\[[0-9]+\]`)

// LastingField is where in its object the finding is, so that it stays when elements of
// lists move.
func (f *Finding) LastingField() string {
	switch {
	case len(f.Services) == 0 && f.Named != "":
		return f.Named
	case f.Field != "":
		return indices.ReplaceAllString(f.Field, "[]")
	}
	return indices.ReplaceAllString(f.Path.String(), "[]")
}
