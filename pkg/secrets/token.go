package secrets

import "strings"

// shape is how the tokens of a provider look: a prefix, and at least so many
// characters that fit.
type shape struct {
	prefix string
	least  int
	fits   func(c byte) bool
}

// shapes are those that nothing else has.
var shapes = []shape{
	{"AKIA", 16, isUpperOrDigit}, {"ASIA", 16, isUpperOrDigit}, // AWS
	{"ghp_", 36, isTokenByte}, {"gho_", 36, isTokenByte}, {"ghu_", 36, isTokenByte}, {"ghs_", 36, isTokenByte}, // GitHub
	{"github_pat_", 50, isTokenByte},
	{"glpat-", 20, isTokenByte},
	{"xoxb-", 20, isTokenByte}, {"xoxp-", 20, isTokenByte}, // Slack
	{"https://hooks.slack.com/services/T", 30, isPathByte}, {"https://discord.com/api/webhooks/", 40, isPathByte},
	{"sk_live_", 20, isTokenByte}, {"rk_live_", 20, isTokenByte}, // Stripe
	{"AIza", 35, isTokenByte}, // Google
	{"npm_", 36, isTokenByte},
}

// shortestToken is the length of the shortest of them.
const shortestToken = 20

// isPlaceholder reports whether a token is one of documentation.
func isPlaceholder(token string) bool {
	return strings.Contains(token, "EXAMPLE") || strings.Contains(token, "XXXXXXXX")
}

// tokenIn is where in text the first token of a known provider begins, or -1. One that
// says EXAMPLE, as those of documentation do, is none.
func tokenIn(text string) int {
	if len(text) < shortestToken {
		return -1
	}
	for i := range shapes {
		if at := shapes[i].in(text); at >= 0 {
			return at
		}
	}
	return -1
}

func (s *shape) in(text string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], s.prefix)
		if i < 0 {
			return -1
		}
		start := from + i
		from = start + len(s.prefix)
		end := from
		for end < len(text) && s.fits(text[end]) {
			end++
		}
		isWhole := start == 0 || !isTokenByte(text[start-1])
		if isWhole && end-from >= s.least && !isPlaceholder(text[start:end]) {
			return start
		}
	}
}

func isUpperOrDigit(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

func isPathByte(c byte) bool { return isTokenByte(c) || c == '/' }

func isTokenByte(c byte) bool {
	return isUpperOrDigit(c) || c >= 'a' && c <= 'z' || c == '_' || c == '-'
}
