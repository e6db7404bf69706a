package validate

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// fixOfText says how to mend a text that the server refuses, where what was meant
// can be read from it.
func fixOfText(e *field.Error) string {
	written, isText := e.BadValue.(string)
	if !isText || e.Type != field.ErrorTypeInvalid {
		return ""
	}
	meant := ""
	switch {
	case strings.Contains(e.Detail, "RFC 1123") || strings.Contains(e.Detail, "DNS-1123") || strings.Contains(e.Detail, "DNS-1035"):
		return fixOfName(e, written)
	case strings.Contains(e.Detail, "must not have bits set beyond the prefix length"):
		if prefix, err := netip.ParsePrefix(written); err == nil {
			meant = prefix.Masked().String()
		}
	case strings.Contains(e.Detail, "must contain at least one letter"):
		if _, err := strconv.ParseUint(written, 10, 16); err == nil && strings.HasSuffix(strings.ToLower(e.Field), "port") {
			meant = written + " without quotes"
		}
	case written == "" && strings.Contains(e.Detail, "must be an absolute path"):
		return "add a path: / is all"
	}
	return write(meant, written)
}

func write(meant, written string) string {
	if meant == "" || meant == written {
		return ""
	}
	return "write " + meant
}

// fixOfName is about the names of DNS. A host is often written with what a URL has
// around it.
func fixOfName(e *field.Error, written string) string {
	isHost := strings.HasSuffix(e.Field, ".host") || strings.Contains(e.Field, ".hosts[") || e.Field == "spec.externalName"
	if isHost && (written == "*" || written == "*.") {
		return "leave host out for all hosts, or write *.DOMAIN"
	}
	if isHost {
		written = hostOf(written)
	} else if strings.Contains(written, "://") {
		return ""
	}
	isWild := strings.HasPrefix(written, "*.") && strings.Contains(e.Detail, "wildcard")
	if isWild {
		written = written[len("*."):]
	}
	name := nearestName(written, strings.Contains(e.Detail, "subdomain"))
	switch {
	case name == "" || strings.Contains(e.Detail, "DNS-1035") && !isLetter(name[0]):
		return ""
	case isWild:
		name = "*." + name
	}
	original, _ := e.BadValue.(string)
	return write(name, original)
}

// hostOf is the host in a URL, or in what a URL has between // and the path.
func hostOf(url string) string {
	if _, after, hasScheme := strings.Cut(url, "://"); hasScheme {
		url = after
	}
	url, _, _ = strings.Cut(url, "/")
	if host, port, hasPort := strings.Cut(url, ":"); hasPort && !strings.Contains(port, ":") {
		return host
	}
	return url
}

var noNameCharacters = regexp.MustCompile(`[^a-z0-9-]+`)

// nearestName is the valid name that looks most like the one written: a label, or
// labels with dots between them; empty where there is none.
func nearestName(written string, isSubdomain bool) string {
	labels := []string{written}
	if isSubdomain {
		labels = strings.Split(written, ".")
	}
	var kept []string
	for _, label := range labels {
		label = strings.Trim(noNameCharacters.ReplaceAllString(strings.ToLower(label), "-"), "-")
		if label != "" {
			kept = append(kept, label)
		}
	}
	name := strings.Join(kept, ".")
	if len(name) > 253 || !isSubdomain && len(name) > 63 {
		return ""
	}
	return name
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }
