package load

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// buildEnvironments merges, checks and decodes every service for each of the
// named environments.
func (l *loader) buildEnvironments(p *Project, names []string, all *definitions) {
	sink := &report.Sink{Root: p.Tree}
	l.checkNames(p, all, sink)
	check.Project(p.Config, sink)
	l.findings = append(l.findings, sink.Findings...)
	p.Told = report.Errors(sink.Findings)
	for i, name := range names {
		plan := l.plan(p, name, all)
		if plan == nil {
			continue
		}
		plan.isLast = i == len(names)-1
		p.Environments = append(p.Environments, l.build(p, plan))
	}
}

// checkNames reports the environments and services that a layer names and that
// do not exist.
func (l *loader) checkNames(p *Project, all *definitions, sink *report.Sink) {
	for _, e := range entries(p.Tree.Get("environments")) {
		at := tree.P("environments", e.Key)
		remove := e.Value.Get("remove")
		for _, s := range entries(e.Value.Get("services")) {
			all.unknownName(s.Key, s.KeyPos, at.With("services", s.Key), sink)
			checkOverlay(&s, remove, at.With("services", s.Key), sink)
		}
		if remove != nil && remove.Kind == tree.List {
			for i, r := range remove.Fields {
				all.unknownName(r.Value.Text, r.Value.Pos, at.With("remove", i), sink)
			}
		}
	}
	for _, d := range all.list {
		for _, e := range entries(d.environments) {
			if !slices.Contains(p.EnvironmentNames, e.Key) {
				sink.ErrorAt(e.KeyPos, schema.MatchesNothing, tree.P("environments", e.Key),
					"the project has no environment %q%s", e.Key, suggest.Hint(e.Key, p.EnvironmentNames))
			}
		}
	}
}

// checkOverlay reports a partial service that comes to nothing: null, which takes
// no service away, and one beside which the environment removes the service.
func checkOverlay(s *tree.Field, remove *tree.Node, at tree.Path, sink *report.Sink) {
	if s.Value.Kind == tree.Null {
		sink.ErrorAt(s.Value.Pos, schema.InvalidValue, at, "null takes no service away").
			Fix = fmt.Sprintf("to leave it out of the environment write remove: [%q]", s.Key)
		return
	}
	if remove == nil {
		return
	}
	for i := range remove.Fields {
		if remove.Fields[i].Value.Text == s.Key {
			sink.ErrorAt(s.KeyPos, schema.MatchesNothing, at, "this environment removes the service").
				Fix = "take it out here, or out of remove"
		}
	}
}

// layers are what lies under and over every service of one environment.
type layers struct {
	environment string
	under       *tree.Node // merged
	over        *tree.Node // map of the project's partial services; nil without any
}

// plan is what the services of one environment share.
type plan struct {
	layers
	world       *schema.World
	definitions []*definition
	selected    map[string]bool
	isLast      bool // no other environment needs the definitions
	isForeign   bool // only what others name of the services counts
	foreign     []*Environment
}

// plan merges what comes before the services; nil when that is wrong.
func (l *loader) plan(p *Project, name string, all *definitions) *plan {
	sink := &report.Sink{Root: p.Tree}
	defer func() { l.findings = append(l.findings, report.InEnvironment(name, p.mistakes.drop(sink.Findings))...) }()
	pl := &plan{isForeign: l.isForeign, layers: layers{environment: name, over: p.Tree.At(tree.P("environments", name, "services"))}}
	pl.world = l.world(p, name, sink)
	if pl.world == nil {
		return nil
	}
	if !l.isForeign {
		pl.foreign = l.foreign(p, pl.world, sink)
	}
	m := merger{sink}
	pl.under = &tree.Node{Kind: tree.Map}
	for _, layer := range p.under(name) {
		pl.under = m.over(pl.under, layer.Root, serviceShape, layer.place())
	}
	var removed []string
	if e := p.Config.Environments.Get(name); e != nil {
		removed = e.Remove
	}
	for _, d := range all.list {
		if slices.Contains(removed, d.name) {
			continue
		}
		pl.definitions = append(pl.definitions, d)
	}
	pl.world.IsIncomplete = pl.world.IsIncomplete || all.isIncomplete
	if all.isSelective {
		pl.selected = map[string]bool{}
		for _, d := range pl.definitions {
			if d.isSelected {
				pl.selected[d.name] = true
			}
		}
	}
	return pl
}

// build makes the environment of a plan, its services all at once.
func (l *loader) build(p *Project, pl *plan) *Environment {
	env := &Environment{Name: pl.environment, World: pl.world, Selected: pl.selected, Foreign: pl.foreign}
	subjects := make([]check.Subject, len(pl.definitions))
	findings := make([][]report.Finding, len(pl.definitions))
	env.again = make([]*rereader, len(pl.definitions))
	options := l.options // a copy, for the loader is not to be kept
	l.each(len(pl.definitions), func(w *worker, i int) {
		w.join(p)
		sink := &report.Sink{Source: pl.definitions[i].root.Pos.Source, Service: pl.definitions[i].name}
		env.again[i] = &rereader{&options, p, pl.layers, pl.definitions[i].file, pl.definitions[i].name}
		subjects[i] = w.service(p, pl, pl.definitions[i], env.again[i], sink)
		findings[i] = sink.Findings
		if pl.isLast {
			*pl.definitions[i] = definition{} // its tree is most of what is in memory
		}
	})
	for i, s := range subjects {
		l.findings = append(l.findings, report.InEnvironment(pl.environment, findings[i])...)
		if s.Service == nil {
			pl.world.IsIncomplete = true
			continue
		}
		env.Services = append(env.Services, s)
	}
	gather(pl.world, env.Services)
	return env
}

// service merges the layers of one service and takes it through the schema, the
// defaults and the checks. Its Service is nil where it could not be decoded.
func (w *worker) service(p *Project, pl *plan, d *definition, again *rereader, sink *report.Sink) check.Subject {
	root := pl.merge(d, sink)
	sink.Root = root
	w.checker.Check(root, sink)
	sink.Findings = withoutDoubledNulls(p.mistakes.drop(d.mistakes.drop(sink.Findings)))
	if len(d.mistakes) > 0 || report.HasErrors(sink.Findings) {
		return check.Subject{}
	}
	if !w.fitsOrg(p, root, sink) {
		return check.Subject{}
	}
	s := &schema.Service{World: pl.world}
	ok := p.decodeService(root, s, sink)
	if sink.Findings = p.mistakes.drop(sink.Findings); !ok {
		return check.Subject{}
	}
	w.readContents(p, s, sink)
	schema.ApplyDefaults(s)
	check.Service(s, sink)
	if !pl.isForeign && !w.renderByOrg(p, s, sink) {
		return check.Subject{}
	}
	return check.Subject{Service: s, Pos: root.Pos, Tree: again.tree, Told: report.Errors(sink.Findings)}
}

// merge lays the layers of one service over each other, lowest first.
func (pl *layers) merge(d *definition, sink *report.Sink) *tree.Node {
	m := merger{sink}
	root := m.over(pl.applied(d, pl.under), d.root, serviceShape, nil)
	if layer := pl.over.Get(d.name); layer != nil && layer.Kind != tree.Null {
		root = m.over(root, layer, serviceShape, tree.P("environments", pl.environment, "services", d.name))
	}
	if layer := d.environments.Get(pl.environment); layer != nil && layer.Kind != tree.Null {
		root = m.over(root, layer, serviceShape, tree.P("environments", pl.environment))
	}
	root = settleImage(settleMounts(root))
	root.Pos = d.root.Pos
	return root
}

// applied is what a layer that lies under all services says of one: without the fields
// that its kind does not have, and without an Ingress that routes nothing, which is there
// for those that have hosts.
func (pl *layers) applied(d *definition, under *tree.Node) *tree.Node {
	under = check.OfKind(pl.kind(d), under)
	isOwn := func(layer *tree.Node) bool { return layer.Get("ingress") != nil }
	ingress := pl.under.Get("ingress")
	if ingress == nil || ingress.Get("hosts") != nil || ingress.Get("defaultBackend") != nil || slices.ContainsFunc(pl.above(d), isOwn) {
		return under
	}
	return under.Without("ingress")
}

// above are the layers of one service, highest first; some may be nil.
func (pl *layers) above(d *definition) []*tree.Node {
	return []*tree.Node{d.environments.Get(pl.environment), pl.over.Get(d.name), d.root}
}

// kind is the kind of workload that the layers of a service come to.
func (pl *layers) kind(d *definition) string {
	for _, layer := range append(pl.above(d), pl.under) {
		if kind := layer.Get("kind"); kind != nil && kind.Kind == tree.String {
			return kind.Text
		}
	}
	return ""
}

// withoutDoubledNulls drops the warning that a null removes nothing where an
// error says that a value is missing there.
func withoutDoubledNulls(findings []report.Finding) []report.Finding {
	if !report.HasErrors(findings) {
		return findings
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f report.Finding) bool {
		return f.ID == schema.NullRemovesNothing && slices.ContainsFunc(findings, func(e report.Finding) bool {
			return e.Severity == report.Error && e.Path.String() == f.Path.String()
		})
	})
}

// gather fills the world with the services that live in it.
func gather(world *schema.World, services []check.Subject) {
	world.ConfigMaps = map[string]*schema.ConfigMap{}
	world.Secrets = map[string]*schema.Secret{}
	for _, s := range services {
		world.Services = append(world.Services, schema.Entry[*schema.Service]{Key: s.Name, Value: s.Service})
		for i := range s.ConfigMaps {
			c := &s.ConfigMaps[i]
			if have := world.ConfigMaps[c.Key]; have == nil || have.Existing {
				world.ConfigMaps[c.Key] = &c.Value
			}
		}
		for i := range s.Secrets {
			c := &s.Secrets[i]
			if have := world.Secrets[c.Key]; have == nil || have.Existing {
				world.Secrets[c.Key] = &c.Value
			}
		}
	}
	slices.SortFunc(world.Services, func(a, b schema.Entry[*schema.Service]) int { return strings.Compare(a.Key, b.Key) })
}
