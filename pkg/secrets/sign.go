// Package secrets says what looks like a secret that somebody wrote down.
package secrets

// Sign is by what a secret is told.
type Sign string

// The signs; None is that of no secret.
const (
	None        Sign = ""
	PrivateKey  Sign = "a private key"
	Credentials Sign = "a URL with a password"
	Token       Sign = "an access token"
	Password    Sign = "a password"
	ByName      Sign = "by its name a secret"
)

// In says by what the value of something with a name looks like a secret.
func In(name, value string) Sign {
	switch {
	case privateKeyIn(value) >= 0:
		return PrivateKey
	case hasCredentials(value):
		return Credentials
	case tokenIn(value) >= 0:
		return Token
	case IsName(name) && !isPlainValue(name, value):
		return ByName
	}
	return None
}
