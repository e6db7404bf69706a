package convert

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// The services that are tried are rendered among fewer, once no more than this part of
// them is left.
const (
	narrow = 0.5
	wide   = 0 // never
)

// surroundings are the services that those which are tried are rendered among: all, or
// those that they name. A service comes to what it does by its own words, and by those
// of services, and owners of objects, that it names.
type surroundings struct {
	stage    *Stage
	base     *Rendered
	services []*Service
	width    float64
	// owners are the services by their names and by those of their objects.
	owners map[string][]string
}

// render renders the surroundings, with others in the place of services as they are.
func (a *surroundings) render(others map[*Service]*tree.Node) (*Rendered, error) {
	project := a.stage.projectOf(a.services, a.stage.project.tree, func(service *Service) *tree.Node {
		return cmp.Or(others[service], a.stage.asRead(service))
	})
	return a.stage.renderProject(project, false)
}

// follow leaves out services, where few trials are left. It takes back what it left out
// if one of those tried comes to something else by that.
func (a *surroundings) follow(trials []*trial) error {
	if float64(len(trials)) > a.width*float64(len(a.services)) {
		return nil
	}
	all, fewer := a.services, a.around(trials)
	if 4*len(fewer) > 3*len(all) {
		a.width /= 2
		return nil
	}
	a.services = fewer
	r, err := a.render(nil)
	if err != nil {
		return err
	}
	for _, t := range trials {
		if r.Wrong[""] || !r.isLikeIn(t.service.Name, a.base) {
			a.services, a.width = all, a.width/2
			return nil
		}
	}
	return nil
}

// around are the services that trials are about, those that they name, and those with
// mistakes, for what these would define is nobody's mistake.
func (a *surroundings) around(trials []*trial) []*Service {
	a.findOwners()
	is := map[string]bool{}
	for _, t := range trials {
		is[t.service.Name] = true
		a.names(a.stage.asRead(t.service), func(name string) { is[name] = true })
	}
	for name := range a.base.Wrong {
		is[name] = true
	}
	return slices.DeleteFunc(slices.Clone(a.stage.draft.Services), func(service *Service) bool { return !is[service.Name] })
}

// findOwners fills in owners.
func (a *surroundings) findOwners() {
	if a.owners != nil {
		return
	}
	a.owners = map[string][]string{}
	for _, service := range a.stage.draft.Services {
		a.owners[service.Name] = append(a.owners[service.Name], service.Name)
		for _, o := range a.base.Objects[service.Name] {
			if o.Name != service.Name {
				a.owners[o.Name] = append(a.owners[o.Name], service.Name)
			}
		}
	}
}

// names calls found for the services that a tree names, in a key or in a word of a text.
func (a *surroundings) names(n *tree.Node, found func(name string)) {
	if n == nil {
		return
	}
	each := func(text string) {
		isNone := func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }
		for _, word := range append(strings.FieldsFunc(text, isNone), text) {
			for _, owner := range a.owners[word] {
				found(owner)
			}
		}
	}
	each(n.Text)
	for i := range n.Fields {
		each(n.Fields[i].Key)
		a.names(n.Fields[i].Value, found)
	}
}
