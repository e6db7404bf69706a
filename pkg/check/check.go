// Package check is what kgen refuses in a service that is well formed: one
// function for each row of "What is refused", each finding at the user's line.
package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Subject is a service, and the way to the tree it was decoded from, by which
// findings find their line. Paths start at the service.
type Subject struct {
	*schema.Service
	Pos tree.Pos // where the service starts
	// Tree may read the service's file again, so that a large project does not
	// hold the trees of all services: it is for findings alone.
	Tree func() *tree.Node
	// Told are the errors that were found in it so far; nothing is to be said
	// twice.
	Told []report.Finding
}

// Sink collects findings about the service.
func (s Subject) Sink() report.Sink {
	sink := report.Sink{Tree: s.Tree, Source: s.Pos.Source}
	if s.Service != nil {
		sink.Service = s.Name
	}
	return sink
}

// Service reports what is refused about s alone. It runs after the defaults were
// filled in; s.World has everything but Services, ConfigMaps and Secrets.
func Service(s *schema.Service, sink *report.Sink) {
	for _, check := range serviceChecks {
		check(s, sink)
	}
}

// Environment reports what is refused about the services of one environment
// together: references between them, and what two of them claim at once. Where
// world is incomplete, a name that nothing defines is nobody's mistake.
func Environment(services []Subject, world *schema.World) []report.Finding {
	e := newEnvironment(services, world)
	for _, check := range environmentChecks {
		check(e)
	}
	var findings []report.Finding
	for i := range e.members {
		findings = append(findings, e.members[i].sink.Findings...)
	}
	return findings
}

// Project reports what is refused about kgen.cue itself; sink.Root is its tree.
func Project(p *schema.Project, sink *report.Sink) {
	for _, check := range projectChecks {
		check(p, sink)
	}
}
