package compose

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-shellwords"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/secrets"
)

// fetch is a request that curl or wget makes of the container itself.
type fetch struct {
	scheme, host, path string
	port               int32
	headers            []corev1.HTTPHeader
	// own are names of the container itself.
	own []string
}

// ending is what the end of a line may do with what was fetched, and with its failing.
var ending = lazy(`(\s*([12&]?>\s*/dev/null|2>&1))*(\s*\|\|\s*(exit [1-9]|false))?\s*;?\s*$`)

// parseFetch reads a line of a shell that does nothing but fetch a page; nil for any
// other.
func (s *service) parseFetch(line string) *fetch {
	line = s.expanded(strings.TrimSpace(ending().ReplaceAllString(line, "")))
	if strings.ContainsAny(quotes().ReplaceAllString(line, ""), "|&;<>$`(){}") {
		return nil
	}
	words, err := shellwords.Parse(line)
	if err != nil {
		return nil
	}
	return s.fetchOf(words)
}

// quotes are texts that a shell takes as they are.
var quotes = lazy(`'[^'$` + "`" + `]*'` + `|"[^"$\\` + "`" + `]*"`)

// variableInShell is a variable in a line of a shell, perhaps with what it is where
// nobody sets it.
var variableInShell = lazy(`\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^{}$]*))?\})`)

// expanded is a line of a shell with the variables that the service sets filled in. It
// keeps those that are secrets, or that only the image may set.
func (s *service) expanded(line string) string {
	return variableInShell().ReplaceAllStringFunc(line, func(text string) string {
		m := variableInShell().FindStringSubmatch(text)
		name := m[1] + m[2]
		_, isHidden := s.hidden[name]
		v := s.variables[name]
		switch {
		case isHidden || secrets.IsName(name):
			return text
		case v != nil && !v.isUnset && v.value != "":
			return v.value
		case v == nil && m[3] != "":
			return m[3]
		}
		return text
	})
}

// flags of curl and wget that change nothing about whether the page is there. Those in
// withValue take the next word.
var (
	curlFlags     = []string{"--fail", "--silent", "--show-error", "--head", "--location", "--insecure", "--ipv4", "--no-progress-meter"}
	curlWithValue = []string{"-o", "--output", "-m", "--max-time", "--connect-timeout", "--retry"}
	wgetFlags     = []string{"-q", "--quiet", "--spider", "-nv", "--no-verbose", "-O-", "-qO-", "-S", "-qO/dev/null", "-t1", "--no-check-certificate"}
	wgetWithValue = []string{"-O", "-qO", "--tries", "-t", "-T", "--timeout", "--output-document"}
	// curlShort are flags of one letter, which may stand together.
	curlShort = lazy(`^-[fsSILkvg46]+$`)
)

// fetchOf reads a command that does nothing but fetch a page; nil for any other.
func (s *service) fetchOf(words []string) *fetch {
	if len(words) < 2 {
		return nil
	}
	program := words[0][strings.LastIndex(words[0], "/")+1:]
	plain, withValue := curlFlags, curlWithValue
	switch program {
	case "curl":
	case "wget":
		plain, withValue = wgetFlags, wgetWithValue
	default:
		return nil
	}
	f, found := &fetch{own: s.ownNames()}, false
	isStrict := program == "wget" // curl takes a page that says 500 for a page, without -f
	for i := 1; i < len(words); i++ {
		word := words[i]
		name, _, hasValue := strings.Cut(word, "=")
		switch {
		case word == "-H" || word == "--header":
			if i++; i >= len(words) || !f.addHeader(words[i]) {
				return nil
			}
		case slices.Contains(withValue, word):
			i++
		case program == "curl" && curlShort().MatchString(word):
			isStrict = isStrict || strings.Contains(word, "f")
		case slices.Contains(plain, word), hasValue && slices.Contains(withValue, name):
			isStrict = isStrict || word == "--fail"
		case strings.HasPrefix(word, "-") || found || !f.takeURL(word):
			return nil
		default:
			found = true
		}
	}
	if !found || !isStrict {
		return nil
	}
	return f
}

// addHeader takes a header. One with a secret in it stays where it is.
func (f *fetch) addHeader(text string) bool {
	name, value, ok := strings.Cut(text, ":")
	if strings.EqualFold(strings.TrimSpace(name), "Authorization") || secrets.In(name, strings.TrimSpace(value)) != secrets.None {
		return false
	}
	f.headers = append(f.headers, corev1.HTTPHeader{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	return ok && strings.TrimSpace(name) != ""
}

func (f *fetch) hasHost() bool {
	return slices.ContainsFunc(f.headers, func(h corev1.HTTPHeader) bool { return strings.EqualFold(h.Name, "Host") })
}

// takeURL reads an address of the container itself.
func (f *fetch) takeURL(text string) bool {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if !slices.Contains([]string{"localhost", "127.0.0.1", "::1", "0.0.0.0"}, u.Hostname()) && !slices.Contains(f.own, u.Hostname()) {
		return false
	}
	f.scheme, f.host, f.port = u.Scheme, u.Hostname(), 80
	if u.Scheme == "https" {
		f.port = 443
	}
	if text := u.Port(); text != "" {
		port, err := strconv.ParseInt(text, 10, 32)
		if err != nil || port < 1 || port > 65535 {
			return false
		}
		f.port = int32(port)
	}
	if f.path = u.EscapedPath(); f.path == "" {
		f.path = "/"
	}
	if u.RawQuery != "" {
		f.path += "?" + u.RawQuery
	}
	return true
}
