package check

import (
	"net/netip"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const everyHost = "*"

// ingressHosts: rows 18 and 27, hosts that no request can name, and an Ingress
// that routes nothing.
func ingressHosts(s *schema.Service, sink *report.Sink) {
	in := s.Ingress
	if in == nil {
		return
	}
	if len(in.Hosts) == 0 && in.DefaultBackend == nil {
		sink.KeyErrorf(schema.BadIngress, tree.P("ingress"), "the Ingress routes nothing").
			Fix = `add hosts: "HOST": "/": "PORT", or defaultBackend`
	}
	for i := range in.Hosts {
		host := in.Hosts[i].Key
		if complaint := hostComplaint(host); complaint != "" && host != everyHost {
			sink.KeyErrorf(schema.BadName, tree.P("ingress", "hosts", host), "%s", complaint)
		}
		if len(in.Hosts[i].Value) == 0 {
			sink.KeyErrorf(schema.BadIngress, tree.P("ingress", "hosts", host), "the host has no path").Fix = `add "/": "PORT"`
		}
	}
	if in.TLS == nil {
		return
	}
	for i, host := range in.TLS.Hosts {
		if complaint := hostComplaint(host); complaint != "" {
			sink.Errorf(schema.BadName, tree.P("ingress", "tls", "hosts", i), "%s", complaint)
		}
	}
}

// hostComplaint says why host is none; empty where it is one.
func hostComplaint(host string) string {
	name := strings.TrimPrefix(host, "*.")
	if names.DNSName.Fits(name) && !isAddress(name) {
		return ""
	}
	switch {
	case isAddress(name):
		return host + " is an address, a host is a name"
	case strings.Contains(host, "://"):
		return `"` + host + `" is a URL, a host is its name alone`
	case strings.Contains(host, ":"):
		return `"` + host + `" has a port, a host is the name alone`
	case strings.Contains(name, "*"):
		return `"` + host + `": a * stands alone, or for the first label, as in *.example.com`
	}
	return names.DNSName.Complaint(host)
}

// isAddress reports whether host is an IP address. Every one has a colon or ends
// in a digit.
func isAddress(host string) bool {
	if host == "" || !strings.Contains(host, ":") && (host[len(host)-1] < '0' || host[len(host)-1] > '9') {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// ingressPaths: row 27, with what the API server forbids in a path.
func ingressPaths(s *schema.Service, sink *report.Sink) {
	if s.Ingress == nil {
		return
	}
	for i := range s.Ingress.Hosts {
		host := &s.Ingress.Hosts[i]
		for j := range host.Value {
			p := &host.Value[j]
			if complaint := pathComplaint(p.Key, pathType(&p.Value)); complaint != "" {
				sink.KeyErrorf(schema.BadIngress, tree.P("ingress", "hosts", host.Key, p.Key), "%s", complaint)
			}
		}
	}
}

func pathComplaint(path, pathType string) string {
	if !strings.HasPrefix(path, "/") {
		return `"` + path + `": a path begins with /`
	}
	if pathType == "ImplementationSpecific" {
		return ""
	}
	for _, bad := range [...]string{"//", "/./", "/../", "%2f", "%2F"} {
		if strings.Contains(path, bad) {
			return `"` + path + `": a path of type ` + pathType + ` has no "` + bad + `"`
		}
	}
	if strings.HasSuffix(path, "/.") || strings.HasSuffix(path, "/..") {
		return `"` + path + `": a path of type ` + pathType + " does not end in dots"
	}
	return ""
}

// ingressTLS: row 27, certificates for hosts that the Ingress does not serve.
// A default backend serves every host.
func ingressTLS(s *schema.Service, sink *report.Sink) {
	in := s.Ingress
	if in == nil || in.TLS == nil || in.DefaultBackend != nil {
		return
	}
	for i, host := range in.TLS.Hosts {
		if hostComplaint(host) == "" && !servesHost(in, host) {
			sink.Errorf(schema.BadIngress, tree.P("ingress", "tls", "hosts", i), "no rule has the host %q", host).
				Fix = "add it to hosts, or remove it: by default the certificate is for all hosts"
		}
	}
}

// servesHost reports whether a rule is for host, one of them being a wildcard
// that covers the other.
func servesHost(in *schema.Ingress, host string) bool {
	for i := range in.Hosts {
		rule := in.Hosts[i].Key
		if rule == everyHost || rule == host || covers(rule, host) || covers(host, rule) {
			return true
		}
	}
	return false
}

// covers reports whether wildcard, "*.example.com", stands for host: one label
// in place of the star.
func covers(wildcard, host string) bool {
	domain, isWildcard := strings.CutPrefix(wildcard, "*.")
	if !isWildcard {
		return false
	}
	_, rest, _ := strings.Cut(host, ".")
	return rest == domain
}
