package compose

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
)

// hostAt is where a host stands in a text.
type hostAt struct {
	from, to int
	// port and scheme are those that it stands with, as in http://host:8080.
	port, scheme string
	// isSure is set where it can be nothing but a host, and isWhole where the text is
	// nothing else.
	isSure, isWhole bool
}

// hostsIn finds a host in a text: not as part of a longer word, of a domain or of a path.
func hostsIn(text, host string) (found []hostAt) {
	for start := 0; host != ""; {
		i := strings.Index(text[start:], host)
		if i < 0 {
			break
		}
		from := start + i
		at := hostAt{from: from, to: from + len(host)}
		start = at.to
		before, after := text[:from], text[at.to:]
		if before != "" && isHostByte(before[len(before)-1]) || after != "" && (after[0] == '_' || after[0] == '-' || names.IsAlnum(after[0])) ||
			len(after) > 1 && after[0] == '.' && names.IsAlnum(after[1]) || isInPath(before) {
			continue
		}
		at.judge(before, after)
		found = append(found, at)
	}
	return found
}

// isInPath reports whether what follows is a part of a path, as of an image: a host has
// nothing but // in front of it.
func isInPath(before string) bool {
	return strings.HasSuffix(before, "/") && (!strings.HasSuffix(before, "//") || strings.HasSuffix(before, "///"))
}

func isHostByte(c byte) bool {
	return names.IsAlnum(c) || strings.IndexByte("_-.${%", c) >= 0
}

// hostOption is what stands in front of a host in a line, as in -h db and host=db.
var hostOption = lazy(`(?i)(^|\s)(-h|--host[= ]|host=)\s*["']?$`)

// judge looks at what stands before and behind the host.
func (h *hostAt) judge(before, after string) {
	if rest, hasPort := strings.CutPrefix(after, ":"); hasPort {
		behind := strings.TrimLeft(rest, "0123456789")
		if h.port = rest[:len(rest)-len(behind)]; len(behind) > 1 && behind[0] == '.' && names.IsAlnum(behind[1]) {
			h.port = "" // it is a release
		}
	}
	begin := strings.LastIndexAny(before, " \t\n\"'`=,;") + 1
	if i := strings.LastIndex(before[begin:], "://"); i >= 0 {
		h.scheme = before[begin : begin+i]
		h.scheme = h.scheme[strings.LastIndexAny(h.scheme, ":")+1:] // of jdbc:mysql
	}
	isListed := strings.HasSuffix(before, ",") || strings.HasPrefix(after, ",")
	ends := after == "" || strings.IndexByte(":/,?", after[0]) >= 0
	h.isWhole = strings.TrimSpace(before) == "" && strings.TrimSpace(after) == ""
	switch {
	case h.isWhole, h.port != "", hostOption().MatchString(before), strings.HasSuffix(before, "//"), h.scheme != "" && strings.HasSuffix(before, "@"):
		h.isSure = true
	case isListed, strings.HasSuffix(before, "="), strings.HasSuffix(before, "@"):
		h.isSure = ends && !strings.ContainsAny(before+after, " \t\n")
	}
}

// schemePorts are the ports of addresses that name none.
var schemePorts = map[string]string{
	"http": "80", "ws": "80", "https": "443", "wss": "443", "postgres": "5432", "postgresql": "5432", "mysql": "3306", "mariadb": "3306",
	"redis": "6379", "mongodb": "27017", "amqp": "5672", "nats": "4222", "mqtt": "1883", "ldap": "389", "smtp": "25", "ssh": "22",
}

// reachedIn says whether a text reaches a host, and at which port where it says that.
// Where the text is the host alone, isAddress says whether it means one.
func reachedIn(text, host string, isAddress bool) (port string, isReached bool) {
	for _, at := range hostsIn(text, host) {
		switch {
		case !at.isSure || at.isWhole && !isAddress:
		case at.port != "":
			return at.port, true
		case schemePorts[at.scheme] != "":
			return schemePorts[at.scheme], true
		default:
			isReached = true
		}
	}
	return "", isReached
}

// hostWordings are in the names of variables whose values are hosts, and hostless at the
// end of those that say something about one instead, as NODE_ENV does.
var (
	hostWordings = []string{
		"HOST", "SERVER", "ADDR", "URL", "URI", "ENDPOINT", "BROKER", "NODE", "UPSTREAM", "BACKEND", "PROXY", "PEER", "SEED", "SERVICE", "TARGET",
	}
	hostless = []string{"NAME", "_DATABASE", "_DB", "_ENV", "_ID", "_INDEX", "_MODE", "_PREFIX", "_TYPE", "_USER"}
)

// meansHost reports whether the value of a variable is an address, by its name.
func meansHost(variable, host string) bool {
	name := strings.ToUpper(variable)
	if name == names.MakeEnvName(host) || strings.HasSuffix(name, "HOSTNAME") {
		return true
	}
	return slices.ContainsFunc(hostWordings, func(word string) bool { return strings.Contains(name, word) }) &&
		!slices.ContainsFunc(hostless, func(end string) bool { return strings.HasSuffix(name, end) })
}
