package main

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	kinds "github.com/kgen-dev/kgen/templates"
)

// takeForeign takes what routes of an environment may lead to in other projects: their
// Services, and the ReferenceGrants that allow it.
func (w *world) takeForeign(e *load.Environment, dir string) {
	hasRoutes := slices.ContainsFunc(e.Services, func(s check.Subject) bool { return len(s.HTTPRoutes)+len(s.GRPCRoutes) > 0 })
	if !hasRoutes {
		return
	}
	take := func(o *manifest.Object, pos tree.Pos) {
		w.objects = append(w.objects, &lint.Object{
			Object: o, Dir: dir, IsContext: true, IsMade: true,
			Locate: func(tree.Path) (tree.Pos, string) { return pos, "" },
		})
	}
	for _, other := range e.Foreign {
		takeGrants(other.World.Objects, take)
		for _, s := range other.Services {
			for _, service := range servicesOf(s.Service) {
				take(manifest.Of(s.Name, s.Pos, service), s.Pos)
			}
			takeGrants(s.Objects, take)
		}
	}
}

// servicesOf are the Services of a service that routes may lead to.
func servicesOf(s *schema.Service) (objects []manifest.Typed) {
	if service := kinds.Service(s); service != nil {
		objects = append(objects, service)
	}
	for _, service := range kinds.CanaryServices(s) {
		objects = append(objects, service)
	}
	return objects
}

// takeGrants takes the ReferenceGrants among manifests that people wrote.
func takeGrants(objects schema.Map[schema.Manifest], take func(*manifest.Object, tree.Pos)) {
	for _, entry := range objects {
		if kind := entry.Value.Get("kind"); kind == nil || kind.Text != "ReferenceGrant" {
			continue
		}
		if o := manifest.FromNode(entry.Value, tree.P("objects", entry.Key), &report.Sink{}); o != nil {
			take(o, entry.Value.Pos)
		}
	}
}
