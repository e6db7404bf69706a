package compose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
)

// convertLinks takes links, which are names that a service reaches another by.
func (s *service) convertLinks() {
	for i, link := range s.from.Links {
		name, alias, _ := strings.Cut(link, ":")
		target := s.other(name)
		at := s.at("links", i)
		if target == nil {
			s.refused(fmt.Sprintf("there is no service %q", name), "links", i)
			continue
		}
		if len(target.to.Ports) == 0 && !target.to.EndsByItself() {
			target.reachedAt("", s, at)
		}
		if alias != "" && alias != name {
			target.addAlias(alias, at)
			continue
		}
		s.kept("", "links", i)
	}
	for i := range s.from.ExternalLinks {
		s.dropped("what lies outside of the project has a Service of its own", "external_links", i)
	}
}

// convertDependencies says what becomes of the order, which Kubernetes does not keep,
// and gives those that others wait for a Service: they wait to reach them.
func (s *service) convertDependencies() {
	for _, name := range sortedKeys(s.from.DependsOn) {
		dependency := s.from.DependsOn[name]
		target := s.other(name)
		if !slices.Contains([]string{"", types.ServiceConditionStarted, types.ServiceConditionHealthy, types.ServiceConditionCompletedSuccessfully}, dependency.Condition) {
			s.refused(fmt.Sprintf("%q is no condition: service_started, service_healthy or service_completed_successfully", dependency.Condition), "depends_on", name, "condition")
		}
		switch {
		case target == nil && !s.exists(name) && !dependency.Required:
			s.dropped("there is no such service, and there need not be", "depends_on", name)
			continue
		case target == nil && !s.exists(name):
			s.refused(fmt.Sprintf("there is no service %q", name), "depends_on", name)
			continue
		case target == nil:
			s.dropped("it is not imported", "depends_on", name)
			continue
		case target == s:
			continue // it is told as a circle
		}
		message := "pods start in any order: it has to wait for " + target.to.Name + ", or end and be started again"
		if dependency.Condition == "service_completed_successfully" {
			message = "pods start in any order: nothing holds it back until the Job " + target.to.Name + " is done"
		}
		if len(target.to.Ports) == 0 && !target.to.EndsByItself() {
			if about, port := target.addKnownPort(); port != "" {
				s.change(target.to.Name, "ports."+port, message+"; "+target.to.Name+" gets a Service, for "+about, s.at("depends_on", name)...)
				continue
			}
			if target.to.HostNetwork == nil && target.from.NetworkMode == "" {
				target.askForPort(s, "depends on", target.at())
			}
		}
		s.dropped(message, "depends_on", name)
	}
}

// tellCircles tells of services that depend on each other.
func (c *converter) tellCircles() {
	done := map[*service]bool{}
	for _, s := range c.all {
		s.followDependencies(nil, done)
	}
}

// followDependencies follows depends_on from a service that was reached over via.
func (s *service) followDependencies(via []*service, done map[*service]bool) {
	if i := slices.Index(via, s); i >= 0 {
		var names []string
		for _, in := range append(slices.Clone(via[i:]), s) {
			names = append(names, in.from.Name)
		}
		s.refused("the services depend on each other in a circle: "+strings.Join(names, ", "), "depends_on")
		return
	}
	if done[s] {
		return
	}
	via = append(slices.Clone(via), s)
	for _, name := range sortedKeys(s.from.DependsOn) {
		if next := s.other(name); next != nil {
			next.followDependencies(via, done)
		}
	}
	done[s] = true
}
