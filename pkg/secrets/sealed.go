package secrets

import (
	"encoding/base64"
	"encoding/binary"
)

// The parts of a sealed value, by HybridEncrypt of sealed-secrets: the length of the
// encrypted key, the key, by RSA of at least 2048 bits, and the value with a tag.
const (
	sealedLength   = 2
	leastSealedKey = 2048 / 8
	sealedTag      = 16
)

// IsSealed reports whether text has the form of a value that kubeseal sealed.
func IsSealed(text string) bool {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(data) < sealedLength {
		return false
	}
	key := int(binary.BigEndian.Uint16(data))
	return key >= leastSealedKey && len(data) >= sealedLength+key+sealedTag
}
