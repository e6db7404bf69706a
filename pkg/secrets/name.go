package secrets

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
)

// IsName reports whether a variable, a key or a flag of that name holds a
// secret: one of its words is PASS, SECRET, TOKEN, API_KEY, PRIVATE or
// CREDENTIAL, and the last is not one that says something about the secret
// instead, as in TOKEN_URL and PASSWORD_FILE. ACCESS_KEY, ERLANG_COOKIE and the
// keys of some clouds are secrets where they end the name: ACCESS_KEY_ID is none.
func IsName(name string) bool {
	if !mentionsSecret(name) {
		return false
	}
	words := wordsOf(name)
	if n := len(words); n >= 2 && slices.Contains(secretEndings, [2]string(words[n-2:])) {
		return true
	}
	if len(words) == 0 || slices.Contains(aboutSecrets, words[len(words)-1]) {
		return false
	}
	for i, word := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if isSecretWord(word, next) {
			return true
		}
	}
	return isCloudKey(words)
}

// secretEndings are the last two words of names that are a secret's, whatever stands
// before them: the keys of clouds, and the cookie with which anybody is a node of RabbitMQ
// and its like.
// https://www.rabbitmq.com/docs/clustering#erlang-cookie
var secretEndings = [][2]string{{"access", "key"}, {"erlang", "cookie"}}

// isCloudKey reports whether words end in ACCESSKEY, are AZURE_ and something_KEY,
// or the key of Oracle's command line.
func isCloudKey(words []string) bool {
	last := len(words) - 1
	if last < 1 {
		return false
	}
	switch words[last] {
	case "key":
		return words[0] == "azure"
	case "accesskey":
		return true
	case "content":
		return words[0] == "oci" && words[last-1] == "key"
	}
	return false
}

// aboutSecrets are last words of names whose values are no secrets.
var aboutSecrets = []string{
	"address", "alg", "algorithm", "arn", "audience", "backend", "bits", "bytes", "characters", "chars", "charset", "class",
	"complexity", "converter", "cookie", "count", "decoder", "dir", "directory", "domain", "duration", "enabled", "encoder",
	"encoding", "endpoint", "engine", "expiration", "expiry", "factory", "field", "file", "filename", "format", "generator",
	"handler", "header", "hint", "history", "host", "hostname", "interval", "issuer", "iterations", "label", "length",
	"lifetime", "limit", "location", "manager", "max", "min", "minutes", "mode", "mount", "name", "names", "network",
	"networks", "path", "pattern", "placeholder", "policy", "port", "prefix", "project", "provider", "ref", "region",
	"required", "rotation", "rounds", "rule", "rules", "scope", "scopes", "seconds", "size", "store", "strategy",
	"strength", "style", "subnet", "subnets", "suffix", "timeout", "ttl", "type", "uri", "url", "validator", "validity",
	"verifier", "version",
}

// mentionsSecret is a quick look at a name: most have none of the letters.
func mentionsSecret(name string) bool {
	for _, word := range [...]string{"pass", "secret", "token", "key", "private", "credential", "erlang"} {
		if indexFold(name, word) >= 0 {
			return true
		}
	}
	return false
}

// indexFold is strings.Index whatever the case of s; word is in lower case.
func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i]|0x20 == word[0] && strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// wordsOf splits DB_PASSWORD, db-password, db.password and dbPassword into
// words in lower case.
func wordsOf(name string) []string {
	var words []string
	start := 0
	end := func(i int) {
		if i > start {
			words = append(words, strings.ToLower(name[start:i]))
		}
	}
	for i := range len(name) {
		c := name[i]
		isUpper := c >= 'A' && c <= 'Z'
		switch {
		case !names.IsAlnum(c):
			end(i)
			start = i + 1
		case isUpper && i > start && name[i-1] >= 'a' && name[i-1] <= 'z':
			end(i)
			start = i
		}
	}
	end(len(name))
	return words
}

// isSecretWord reports whether a word, before the next, means a secret. Words
// that only contain the letters (bypass, tokenizer, secretary) do not.
func isSecretWord(word, next string) bool {
	switch {
	case word == "pass":
		return next != "through"
	case strings.HasSuffix(word, "token"), strings.HasSuffix(word, "tokens"),
		strings.Contains(word, "password"), strings.Contains(word, "passwd"), strings.Contains(word, "passphrase"),
		strings.Contains(word, "credential"), strings.Contains(word, "apikey"), strings.Contains(word, "privatekey"),
		word == "private", word == "passcode", word == "passkey":
		return true
	case word == "api":
		return next == "key" || next == "keys"
	case strings.Contains(word, "secret"):
		return !strings.HasPrefix(word, "secretar")
	case strings.HasSuffix(word, "pass"):
		return word != "bypass" && word != "compass" && word != "trespass" && word != "surpass"
	}
	return false
}

// isPasswordName reports whether a name is that of a password, which may be a
// plain number.
func isPasswordName(name string) bool { return indexFold(name, "pass") >= 0 }
