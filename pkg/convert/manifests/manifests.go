// Package manifests makes kgen projects of Kubernetes manifests: objects are grouped
// into services, each is written in kgen's words, what these cannot say becomes patches
// and extra objects, and what the project renders to is compared with the input.
package manifests

import (
	"io"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Options say what to import.
type Options struct {
	// Paths are files, directories, and "-" for Stdin.
	Paths []string
	Stdin io.Reader
	// KubernetesVersion, "1.29" to "1.36", is the release to render for; empty is the
	// newest.
	KubernetesVersion string
	// Namespace is where objects go that name none; empty leaves that to who applies
	// them.
	Namespace string
}

// Project is what the objects of one namespace become.
type Project struct {
	// Dir is its directory below the one that is written to, a slash path: "." where all
	// objects are in one namespace, else the namespace.
	Dir   string
	Draft *convert.Draft
	// Compared are the objects of the input, in their order, against what is rendered.
	Compared []Comparison
}

// Comparison is an object of the input against the one that the project renders.
type Comparison struct {
	Object *Object
	// Service is the service that renders it; empty for the project.
	Service string
	// Differences are what the API server would see; none is identical.
	Differences []Difference
	// Leaves is the number of values in the object, Patched that of those which patches
	// say, all where kgen has no fields for the object.
	Leaves, Patched int
	// IsAsItIs is set where the object stands in the project as it was read.
	IsAsItIs bool
}

// Difference is a field that the project does not render as the input has it.
type Difference = convert.Difference

// Object is an object of the input, without what a cluster fills in or the API server
// defaults anyway, in the API version that the release serves.
type Object struct {
	*manifest.Object
	// Node is the same as a tree, with the places of its fields in the input.
	Node *tree.Node

	isLive bool // it comes from a cluster
}

// Group is the objects that become one service.
type Group struct {
	// Name is the service's.
	Name string
	// Workload is the Deployment, StatefulSet, DaemonSet, Job or CronJob.
	Workload *Object
	// Others are the objects around it, in the order of the input.
	Others []*Object

	service *convert.Service // once it is in the draft
	isPlain bool             // the service says no more than the workload
}

// converter makes one project.
type converter struct {
	draft *convert.Draft
	// namespace is that of the project; empty where its objects name none.
	namespace string
	// objects are all of the namespace.
	objects []*Object
	groups  []*Group
	// owners are the groups of the objects that are in one.
	owners map[*Object]*Group
	// intents are what services render otherwise on purpose, by the object of the input.
	intents map[*Object][]intent
	// leftOut are the objects that the project cannot have, and why.
	leftOut map[*Object]string
	known   *index // see the method
	// variables are those of the values of Secrets, and whose they are: SECRET/KEY.
	variables map[string]string
}

// intent is a value of an object that the service says otherwise on purpose.
type intent struct {
	at     tree.Path
	reason string // empty where the two come to the same in a cluster
	// to are the values that come to the same, besides none at all.
	to []string
}

// intends says that what the service renders at a path of an object is another value
// than that of the input, on purpose: no patch brings that back, and the comparison
// gives the reason. The mapper reports the change itself.
func (c *converter) intends(o *Object, at tree.Path, reason string) {
	if c.intents == nil {
		c.intents = map[*Object][]intent{}
	}
	c.intents[o] = append(c.intents[o], intent{at: at, reason: reason})
}

// comesTo says that the service renders nothing, or one of some values, at a path of an
// object, and that it comes to the same as what is there: it is no difference. Any other
// value is one: a service that is refused changes until it is accepted.
func (c *converter) comesTo(o *Object, at tree.Path, to ...string) {
	c.intends(o, at, "")
	last := len(c.intents[o]) - 1
	c.intents[o][last].to = to
}

// fill writes the workload of a group and the objects around it into a service. It
// returns the objects that the service has no fields for, which become objects of it as
// they are.
func (c *converter) fill(g *Group, s *schema.Service) (rest []*Object) {
	c.fillWorkload(g, s)
	for _, o := range g.inOrder() {
		if !c.fillFrom(g, o, s) {
			rest = append(rest, o)
		}
	}
	c.declineAround(g, s)
	if s.Replicas == nil && !s.Autoscaling.IsHorizontal() && s.IsScalable() { // its autoscaler stays as it is
		s.Replicas = &schema.Count{Declined: true}
	}
	return rest
}
