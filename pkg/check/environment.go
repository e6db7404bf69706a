package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// environment is the services of one environment, each with its findings.
type environment struct {
	world   *schema.World
	members []member
	byName  map[string]*schema.Service
}

type member struct {
	*schema.Service
	sink report.Sink
}

func newEnvironment(services []Subject, world *schema.World) *environment {
	if world == nil {
		world = &schema.World{}
	}
	e := &environment{world: world, byName: make(map[string]*schema.Service, len(services))}
	for _, s := range services {
		if s.Service != nil {
			e.members = append(e.members, member{Service: s.Service, sink: s.Sink()})
			e.byName[s.Name] = s.Service
		}
	}
	return e
}

// service returns the service called name, or nil.
func (e *environment) service(name string) *schema.Service { return e.byName[name] }

// names are the names of all services, for suggestions.
func (e *environment) names() []string {
	names := make([]string, len(e.members))
	for i := range e.members {
		names[i] = e.members[i].Name
	}
	return names
}
