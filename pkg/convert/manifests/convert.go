package manifests

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Convert makes a project of the objects of each namespace, and proves that it renders
// them. What cannot be read is in the reports; the error is about paths that cannot be
// opened, and then the projects are of the rest.
func Convert(o Options) ([]*Project, error) {
	in := &input{minor: schema.NewestKubernetes}
	if o.KubernetesVersion != "" {
		known := schema.KubernetesVersions()
		if !slices.Contains(known, o.KubernetesVersion) {
			return nil, fmt.Errorf("no Kubernetes %s: one of %s%s", o.KubernetesVersion, strings.Join(known, ", "), suggest.Hint(o.KubernetesVersion, known))
		}
		in.minor, _ = strconv.Atoi(strings.TrimPrefix(o.KubernetesVersion, "1."))
	}
	failed := in.read(o)
	in.leaveDuplicates()
	in.leaveMade()
	spaces := in.spaces(o.Namespace)
	var projects []*Project
	for _, s := range spaces {
		p, err := s.convert(o, len(spaces) == 1)
		if err != nil {
			return nil, err
		}
		projects = append(projects, p)
	}
	if len(projects) == 0 {
		projects = append(projects, &Project{Dir: ".", Draft: convert.NewDraft()})
	}
	in.divide(projects)
	for _, p := range projects {
		p.Draft.Report.Sort()
	}
	return projects, failed
}

// leaveDuplicates keeps the last of objects that are one to a cluster.
func (in *input) leaveDuplicates() {
	last := map[string]*Object{}
	for _, o := range in.objects {
		last[o.key()] = o
	}
	in.objects = slices.DeleteFunc(in.objects, func(o *Object) bool {
		kept := last[o.key()]
		if kept == o {
			return false
		}
		if string(o.AppendYAML(nil)) == string(kept.AppendYAML(nil)) {
			in.add(convert.Dropped, o, nil, "the same again at %s", kept.Node.Pos)
		} else {
			in.wrong(o, "another one of this name, which is otherwise, is at %s: kubectl applies the last, and so that one is taken", kept.Node.Pos)
		}
		return true
	})
}

// key is what tells objects apart in a cluster.
func (o *Object) key() string {
	return strings.Join([]string{manifest.GroupOf(o.APIVersion), o.Kind, o.Namespace, o.Name}, "\x00")
}

func (s *space) converter() *converter {
	return &converter{draft: convert.NewDraft(), namespace: s.namespace, objects: s.objects, leftOut: map[*Object]string{}}
}

// convert makes the project of a namespace.
func (s *space) convert(o Options, isAlone bool) (*Project, error) {
	c := s.converter()
	p := &Project{Dir: ".", Draft: c.draft}
	if !isAlone {
		p.Dir = path.Base("/" + orText(s.namespace, defaultNamespace))
	}
	set := func(key, value string) {
		if value != "" {
			c.draft.Project.Set(key, tree.Pos{}, stringNode(value, tree.Pos{}))
		}
	}
	set("kubernetesVersion", o.KubernetesVersion)
	set("namespace", s.namespace)
	c.draw()
	if err := c.finish(p); err != nil {
		return nil, err
	}
	c.tellKept(p)
	c.tellLiterals()
	return p, nil
}

// draw groups the objects, and writes each group into a service.
func (c *converter) draw() {
	c.group()
	c.tellDangling()
	for _, g := range c.groups {
		service := &schema.Service{Name: g.Name}
		rest := c.fill(g, service)
		g.service = c.draft.Add(service)
		for _, o := range rest {
			if c.canStand(o) {
				at := tree.P("objects", keyFor(g.service.Root.Get("objects"), o))
				g.service.Root = g.service.Root.WithAt(at, c.asWritten(o))
			}
		}
	}
}

// finish renders the draft, settles what differs, shortens it and compares.
func (c *converter) finish(p *Project) error {
	stage := convert.NewStage(c.draft)
	if err := c.settleAll(stage); err != nil {
		return err
	}
	if err := stage.Shorten(); err != nil {
		return err
	}
	if err := stage.Lift(); err != nil {
		return err
	}
	r, err := stage.Render()
	if err != nil {
		return err
	}
	p.Compared = c.prove(r)
	return nil
}

// settleAll settles the services, and gives the project what is in none.
func (c *converter) settleAll(stage *convert.Stage) error {
	c.adoptSecrets()
	// Services that are given up leave Secrets behind, which others take.
	for isNew := true; isNew; {
		if err := c.settle(stage); err != nil {
			return err
		}
		isGone, err := c.retreatUnlike(stage)
		if err != nil {
			return err
		}
		isNew = c.adoptSecrets() || isGone
	}
	c.addStrays()
	return nil
}

// tellKept says of every object where it went.
func (c *converter) tellKept(p *Project) {
	for _, compared := range p.Compared {
		o := compared.Object
		i := item(convert.Kept, o, nil, "")
		i.Service = compared.Service
		switch {
		case slices.ContainsFunc(compared.Differences, func(d Difference) bool { return d.Reason == unexplained }):
			i.Outcome, i.Message = convert.ToDo, "it does not come back as it was: look at the differences below"
		case compared.Service == "" && !compared.IsAsItIs && o.Kind != "Secret":
			i.Outcome, i.Message = convert.ToDo, compared.Differences[0].Reason
		case len(compared.Differences) > 0:
			continue // the comparison tells of it
		case compared.IsAsItIs && makesPods(o) && !isWorkload(o):
			i.Outcome, i.Field, i.Message = convert.Debt, "objects", withoutService(o)
		case compared.IsAsItIs:
			i.Field, i.Message = "objects", "it stays as it is"
		}
		c.draft.Report.Add(i)
	}
}

// withoutService says what to do about pods that are no service.
func withoutService(o *Object) string {
	const instead = "; a Deployment of these pods is a service"
	if o.Kind == "Pod" {
		return "kgen makes no Pod, for when its node fails nobody starts it again: it stays a manifest, in objects" + instead
	}
	return "kgen makes no " + o.Kind + ", for it changes no pod that is there: it stays a manifest, in objects" + instead
}

// divide gives what was told while reading to the project that has the other objects of
// the file, or to the first.
func (in *input) divide(projects []*Project) {
	type place struct{ file, object string }
	of := map[place]*Project{}
	for _, p := range slices.Backward(projects) {
		for i := range p.Compared {
			o := p.Compared[i].Object
			of[place{o.Node.Pos.File(), o.Ref()}] = p
		}
	}
	for _, i := range in.report.Items {
		object, _, _ := strings.Cut(i.Path, " ")
		p := of[place{i.Pos.File(), object}]
		if p == nil {
			p = projects[0]
		}
		p.Draft.Report.Add(i)
	}
}
