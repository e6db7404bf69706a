package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// policyPeers: row 24 for networkPolicy.
func policyPeers(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		if m.NetworkPolicy == nil {
			continue
		}
		e.peers(m, "from", m.NetworkPolicy.From)
		e.peers(m, "to", m.NetworkPolicy.To)
	}
}

func (e *environment) peers(m *member, direction string, peers *[]string) {
	if peers == nil {
		return
	}
	for i, peer := range *peers {
		if complaint, fix := e.peerComplaint(direction, peer); complaint != "" {
			id := schema.InvalidValue
			if !strings.Contains(peer, ":") {
				id = schema.UnknownReference
			}
			m.sink.Errorf(id, tree.P("networkPolicy", direction, i), "%s", complaint).Fix = fix
		}
	}
}

// peerComplaint says why nobody is meant by a peer; empty where somebody is.
func (e *environment) peerComplaint(direction, peer string) (complaint, fix string) {
	kind, value, hasKind := strings.Cut(peer, ":")
	switch {
	case peer == "dns" && direction == "to":
		return "", ""
	case !hasKind:
		if e.service(peer) != nil || e.world.Foreign[peer] != nil || e.world.IsIncomplete {
			return "", ""
		}
		if strings.Contains(peer, "/") {
			return e.foreignComplaint(peer)
		}
		complaint = `the project has no service "` + peer + `"` + suggest.Hint(peer, e.names())
		if peer == "dns" {
			return complaint, "remove it: only to has dns"
		}
		return complaint, `name a service, "namespace:NAME" or "cidr:RANGE"`
	case kind == "namespace":
		if !names.DNSLabel.Fits(value) {
			return "the namespace " + names.DNSLabel.Complaint(value), ""
		}
	case kind == "cidr":
		return rangeComplaint(value), ""
	default:
		return `there is no peer of the kind "` + kind + `"` + suggest.Hint(kind, []string{"namespace", "cidr"}), `write a service, "namespace:NAME" or "cidr:RANGE"`
	}
	return "", ""
}

// foreignComplaint says why "PROJECT/SERVICE" means nobody.
func (e *environment) foreignComplaint(peer string) (complaint, fix string) {
	foreign := slices.Sorted(maps.Keys(e.world.Foreign))
	return `no project that kgen.cue names has the service "` + peer + `"` + suggest.Hint(peer, foreign),
		`name the project in kgen.cue: projects: NAME: "../DIRECTORY"`
}
