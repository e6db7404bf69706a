package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// policyPeers: row 24 for networkPolicy, and for who reads the metrics.
func policyPeers(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		if m.Metrics != nil {
			e.peers(m, tree.P("metrics"), "from", m.Metrics.From)
		}
		if m.NetworkPolicy == nil {
			continue
		}
		e.peers(m, tree.P("networkPolicy"), "from", m.NetworkPolicy.From)
		e.peers(m, tree.P("networkPolicy"), "to", m.NetworkPolicy.To)
	}
}

func (e *environment) peers(m *member, at tree.Path, direction string, peers *[]string) {
	if peers == nil {
		return
	}
	for i, peer := range *peers {
		if complaint, fix := e.peerComplaint(direction, peer); complaint != "" {
			id := schema.InvalidValue
			if !strings.Contains(peer, ":") {
				id = schema.UnknownReference
			}
			m.sink.Errorf(id, at.With(direction, i), "%s", complaint).Fix = fix
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

// foreignComplaint says why "PROJECT/SERVICE" means nobody; empty where its project
// could not be read, which is told.
func (e *environment) foreignComplaint(name string) (complaint, fix string) {
	project, service, _ := strings.Cut(name, "/")
	isRead, isNamed := e.world.Projects[project]
	switch {
	case project == "" || service == "":
		return strconv.Quote(name) + " is not PROJECT/SERVICE", "name a project of kgen.cue and a service of it"
	case !isNamed:
		return `kgen.cue names no project "` + project + `"` + suggest.Hint(project, slices.Sorted(maps.Keys(e.world.Projects))),
			"add projects: " + project + `: "../DIRECTORY"`
	case !isRead:
		return "", ""
	}
	foreign := slices.Sorted(maps.Keys(e.world.Foreign))
	return "project " + project + ` has no service "` + service + `"` + suggest.Hint(name, foreign), ""
}
