package compose

import (
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// converter makes services of a model.
type converter struct {
	*account
	draft *convert.Draft
	// names are those of the services, by what compose calls them; hosts are the names
	// that others have to reach them by from now on, where they are not what they were.
	names, hosts map[string]string
	// values are those that variables have in any service, and sources those of the
	// variables that secrets come from.
	values  map[string]map[string]bool
	sources map[string]string
	// extra are the services that have a second name, by it.
	extra map[string]*service
	// claims are the names of volumes, by what compose calls them.
	claims map[string]string
	all    []*service
	byName map[string]*service
	// sized are the volumes whose size was looked for.
	sized map[string]bool
	// routes are the hosts and paths that lead to a service.
	routes map[string]*service
	// known are the secrets of all of them, and knownFrom which of them begin with what.
	known     []known
	knownFrom map[string][]int
	// knownValues are they by their values, and anybodys says which others have for no
	// secret.
	knownValues map[string]known
	anybodys    map[string]bool
}

// service is one that is made.
type service struct {
	*converter
	from *types.ServiceConfig
	to   *schema.Service
	// image is what is known of its image.
	image     images.Image
	isKnown   bool
	variables map[string]*variable
	// hidden are the values that come from Secrets, by the variables of the container.
	hidden map[string]string
	// texts are the files that it has mounted.
	texts []mountedText
	// order is its place among all.
	order int
	// reaches are the services that it reaches by name.
	reaches map[*service]bool
	// itself is the name that it reaches itself by.
	itself string
	// fileGroup is the group that may read what others may not.
	fileGroup *int64
	// proxied are the names of the ports that Traefik reaches, by what it calls them.
	proxied map[string]string
	// isAskedForPort is set when somebody was asked for the port that it listens on.
	isAskedForPort bool
}

func (c *converter) convert() {
	c.nameAll()
	c.values, c.sources = map[string]map[string]bool{}, map[string]string{}
	c.extra, c.routes = map[string]*service{}, map[string]*service{}
	c.sized = map[string]bool{}
	c.convertName()
	for _, from := range c.model.Services {
		if from.Provider != nil {
			c.drop("", "its provider makes something that is no container: reach that with a Service of its own", c.model.at(from.Name)...)
			continue
		}
		s := &service{converter: c, from: from, to: &schema.Service{Name: c.names[from.Name]}, hidden: map[string]string{}, order: len(c.all)}
		c.all = append(c.all, s)
		s.collectVariables()
	}
	c.collectKnown()
	c.nameAliases()
	c.nameClaims()
	for _, s := range c.all {
		s.convertImage()
		s.convertKind()
		s.convertEnvironment()
		s.convertCommand()
		s.convertPorts()
	}
	for _, s := range c.all {
		s.convertVolumes()
		s.convertMounts()
	}
	c.convertNames()
	for _, s := range c.all {
		s.convertRoutes()
		s.convertHealth()
		s.convertResources()
		s.convertDeploy()
		s.convertSecurity()
		s.convertPod()
		s.convertRest()
		s.allowStart()
	}
	c.convertClusters()
	c.callPods()
	c.convertNetworks()
	c.convertResourceKinds()
	c.refuseUnknownOptions()
	for _, s := range c.all {
		c.draft.Add(s.to)
	}
}

// convertName makes the name of the project that of what its services are part of.
func (c *converter) convertName() {
	if c.model.Written("name") == nil || c.model.Name == "" || len(c.model.Services) == 0 {
		return
	}
	label := labelOf(c.model.Name)
	if label == "" {
		c.drop("", "no label can be made of it", "name")
		return
	}
	c.draft.Project.Set("partOf", tree.Pos{}, &tree.Node{Kind: tree.String, Text: label})
	if label == c.model.Name {
		c.keep("", "partOf", "name")
		return
	}
	c.change("", "partOf", "called "+label+", as labels have to be", "name")
}

// at is a path in the service, as compose has it.
func (s *service) at(elems ...any) tree.Path {
	return append(s.model.at(s.from.Name), elems...)
}

// has reports whether a key of the service is said in the files.
func (s *service) has(key string) bool { return s.model.Written(s.at(key)...) != nil }

func (s *service) kept(field string, elems ...any) { s.keep(s.to.Name, field, s.at(elems...)...) }

func (s *service) changed(field, message string, elems ...any) {
	s.change(s.to.Name, field, message, s.at(elems...)...)
}

func (s *service) dropped(message string, elems ...any) {
	s.drop(s.to.Name, message, s.at(elems...)...)
}

func (s *service) owed(field, message string, elems ...any) {
	s.owe(s.to.Name, field, message, s.at(elems...)...)
}

func (s *service) asked(field, message string, elems ...any) {
	s.ask(s.to.Name, field, message, s.at(elems...)...)
}

func (s *service) refused(message string, elems ...any) {
	s.refuse(s.to.Name, message, s.at(elems...)...)
}

func ptr[T any](v T) *T { return &v }
