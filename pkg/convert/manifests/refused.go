package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// maxRounds bounds how often a service is tried in another form.
const maxRounds = 40

// accept takes out of services what kgen refuses: what is lost by that, patches say. A
// service of which nothing is left that can be taken out says no more than its workload,
// and one that is refused even so leaves its objects to the project as they are.
func (c *converter) accept(s *convert.Stage) error {
	for range maxRounds {
		r, err := s.Render()
		if err != nil {
			return err
		}
		if len(r.Wrong) == 0 {
			return nil
		}
		if !c.yield(r) {
			break
		}
	}
	r, err := s.Render()
	for err == nil && len(r.Wrong) > 0 && c.retreat(r) {
		r, err = s.Render()
	}
	return err
}

// yield takes out what the findings are about, and reports whether there was any.
func (c *converter) yield(r *convert.Rendered) bool {
	changed := false
	for _, g := range c.groups {
		if !r.Wrong[g.Name] || g.service == nil {
			continue
		}
		has := false
		for _, f := range report.Errors(r.Findings) {
			if f.Owner == g.Name || slices.Contains(f.Services, g.Name) || f.Owner == "" && isOfFile(f, g.Name) {
				has = c.yieldTo(g, &f) || has
			}
		}
		if !has {
			has = c.reduce(g, r)
		}
		c.leaveReplicas(g)
		changed = changed || has
	}
	return changed
}

// isOfFile reports whether a finding is in the file of a service.
func isOfFile(f report.Finding, service string) bool {
	name := f.Pos.File()
	end := "/" + service + ".yaml"
	return len(name) > len(end) && name[len(name)-len(end):] == end
}

// yieldTo takes out of the service what one finding is about.
func (c *converter) yieldTo(g *Group, f *report.Finding) bool {
	root := g.service.Root
	switch {
	case f.ID == schema.Undeclined && len(f.Path) > 0:
		g.service.Root = root.WithAt(f.Path, boolNode(false))
		return root.At(f.Path) == nil
	case f.ID == schema.LiteralSecret && root.At(f.Path) != nil && len(f.Path) > 1:
		return c.allowLiteral(g, f)
	}
	at := f.Path
	for len(at) > 0 && root.At(at) == nil {
		at = at[:len(at)-1]
	}
	if len(at) == 0 || slices.Contains([]string{"image", "kind", "selector", "containerName"}, at[0].(string)) {
		return false
	}
	if _, isIndex := at[len(at)-1].(int); isIndex { // the others would move
		at = at[:len(at)-1]
	}
	g.service.Root = root.WithoutAt(at)
	o, from := c.sourceOf(g, at)
	refused := item(convert.Debt, o, from, "kgen refuses it ("+f.ID+"): it stays as it is, in patches or objects")
	refused.Service, refused.Field = g.Name, at.String()
	isTold := slices.ContainsFunc(c.draft.Report.Items, func(i convert.Item) bool {
		return i.Pos == refused.Pos && i.Path == refused.Path && i.Message == refused.Message
	})
	if !isTold { // of a field first what is in it is taken out, then all
		c.draft.Report.Add(refused)
	}
	return true
}

// leaveReplicas leaves the number of pods to the autoscaler of a service that says none:
// without, kgen would say one, and every rollout set it back.
func (c *converter) leaveReplicas(g *Group) {
	root := g.service.Root
	isScalable := g.Workload.Kind == schema.Deployment || g.Workload.Kind == schema.StatefulSet
	isScaled := slices.ContainsFunc(keys(root.Get("autoscaling")), func(key string) bool { return key != "vertical" })
	if isScalable && !isScaled && root.Get("replicas") == nil && c.scalerOf(g.Workload) != nil {
		g.service.Root = root.WithAt(tree.P("replicas"), boolNode(false))
	}
}

// allowLiteral lets a value stand that looks like a secret: it stands in the input.
func (c *converter) allowLiteral(g *Group, f *report.Finding) bool {
	name, isKey := f.Path[len(f.Path)-1].(string)
	if name == "value" && len(f.Path) > 1 {
		name, isKey = f.Path[len(f.Path)-2].(string)
	}
	list := g.service.Root.Get("allowLiteral")
	if !isKey || slices.ContainsFunc(elements(list), func(n *tree.Node) bool { return n.Text == name }) {
		return false
	}
	allowed := listNode(tree.Pos{}, append(elements(list), stringNode(name, tree.Pos{}))...)
	g.service.Root = g.service.Root.WithAt(tree.P("allowLiteral"), allowed)
	c.draft.Report.Add(convert.Item{
		Outcome: convert.Debt, Pos: g.Workload.Node.Pos, Path: g.Workload.Ref(), Service: g.Name, Field: "allowLiteral",
		Message: name + " looks like a secret, and stands in the manifests as plain text",
	})
	return true
}

// reduce makes the service the plainest that has its workload.
func (c *converter) reduce(g *Group, r *convert.Rendered) bool {
	if g.isPlain {
		return false
	}
	g.isPlain = true
	secrets := g.service.Root.Get("secrets") // which can stand nowhere else
	if g.service.Root = plain(g); secrets != nil {
		g.service.Root.Set("secrets", tree.Pos{}, secrets)
	}
	c.draft.Report.Add(convert.Item{
		Outcome: convert.Debt, Pos: g.Workload.Node.Pos, Path: g.Workload.Ref(), Service: g.Name,
		Message: "kgen refuses the service" + because(r, g.Name) + ", and so patches say most of it",
	})
	return true
}

// because is what kgen says against a service.
func because(r *convert.Rendered, service string) string {
	for _, f := range report.Errors(r.Findings) {
		if f.Owner == service || f.Owner == "" && isOfFile(f, service) || slices.Contains(f.Services, service) {
			return " (" + f.ID + ")"
		}
	}
	return ""
}

// retreat gives up the services that are refused whatever they say.
func (c *converter) retreat(r *convert.Rendered) bool {
	gone := false
	c.groups = slices.DeleteFunc(c.groups, func(g *Group) bool {
		isGone := r.Wrong[g.Name] && g.service != nil
		if isGone {
			gone = true
			c.giveUp(g, "kgen can make no service of it"+because(r, g.Name))
		}
		return isGone
	})
	return gone
}

// retreatUnlike gives up the services of which no patch makes what they stand for, and
// reports whether there were any: as manifests their objects are as they were.
func (c *converter) retreatUnlike(s *convert.Stage) (gone bool, err error) {
	r, err := s.Render()
	if err != nil {
		return false, err
	}
	c.groups = slices.DeleteFunc(c.groups, func(g *Group) bool {
		at := c.unlikeOf(g, r)
		if at == "" {
			return false
		}
		gone = true
		c.giveUp(g, "no patch makes a service render it as it is ("+at+")")
		return true
	})
	return gone, nil
}

// unlikeOf is where an object of a group differs and nobody meant it to; empty for
// nowhere.
func (c *converter) unlikeOf(g *Group, r *convert.Rendered) string {
	for _, o := range append([]*Object{g.Workload}, g.Others...) {
		for _, d := range c.compare(o, r, 0).Differences {
			if d.Reason == unexplained {
				return o.Ref() + " " + d.Path
			}
		}
	}
	return ""
}

// giveUp leaves the objects of a group to the project. What was said of the service is
// true no longer.
func (c *converter) giveUp(g *Group, why string) {
	c.draft.Report.Items = slices.DeleteFunc(c.draft.Report.Items, func(i convert.Item) bool { return i.Service == g.Name })
	c.add(convert.Debt, g.Workload, "%s: it stays a manifest, in objects", why)
	c.draft.Services = slices.DeleteFunc(c.draft.Services, func(s *convert.Service) bool { return s == g.service })
	for o, owner := range c.owners {
		if owner == g {
			delete(c.owners, o)
			delete(c.intents, o)
		}
	}
}
