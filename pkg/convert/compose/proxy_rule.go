package compose

import "strings"

var (
	// simpleRule is a part of a rule of Traefik that an Ingress can have: hosts, and perhaps
	// the path that theirs begin with.
	// https://doc.traefik.io/traefik/routing/routers/#rule
	simpleRule = lazy("^\\s*\\(?\\s*Host\\(([^()]*)\\)\\s*(?:&&\\s*PathPrefix\\(([^()]*)\\)\\s*)?\\)?\\s*$")
	quotedText = lazy("[`\"]([^`\"]*)[`\"]")
	hostName   = lazy(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// readRule reads a rule of Traefik: the hosts that it is for, and what their paths begin
// with. isSimple is false where an Ingress cannot say all of it.
func readRule(rule string) (hosts []string, prefix string, isSimple bool) {
	prefix = "/"
	for part := range strings.SplitSeq(rule, "||") {
		m := simpleRule().FindStringSubmatch(part)
		if m == nil {
			return nil, "", false
		}
		for _, quoted := range quotedText().FindAllStringSubmatch(m[1], -1) {
			host := strings.ToLower(quoted[1])
			if !hostName().MatchString(host) {
				return nil, "", false
			}
			hosts = append(hosts, host)
		}
		if m[2] == "" {
			continue
		}
		paths := quotedText().FindAllStringSubmatch(m[2], -1)
		if len(paths) != 1 || !strings.HasPrefix(paths[0][1], "/") || strings.Contains(rule, "||") {
			return nil, "", false
		}
		prefix = paths[0][1]
	}
	return hosts, prefix, len(hosts) > 0
}
