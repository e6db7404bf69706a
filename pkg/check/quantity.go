package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// standardResources are those that a container has without a device plugin.
var standardResources = []string{"cpu", "memory", "ephemeral-storage"}

const hugePages = "hugepages-"

// quantities: amounts that are none, and resources that do not exist.
func quantities(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		if c.Resources != nil {
			amounts(sink, c.Path.With("resources", "requests"), c.Resources.Requests)
			amounts(sink, c.Path.With("resources", "limits"), c.Resources.Limits)
		}
	}
	for i := range s.Volumes {
		v := &s.Volumes[i].Value
		if v.Size == "" {
			continue
		}
		if q, ok := schema.ParseQuantity(v.Size); !ok || q.Sign() <= 0 {
			sink.Errorf(schema.InvalidValue, tree.P("volumes", s.Volumes[i].Key, "size"), "%q is no size", v.Size).
				Fix = `write a quantity such as "10Gi"`
		}
	}
}

func amounts(sink *report.Sink, at tree.Path, amounts schema.Map[schema.Text]) {
	for i := range amounts {
		name, text := amounts[i].Key, amounts[i].Value
		if !isResource(name) {
			sink.KeyErrorf(schema.InvalidValue, at.With(name), "there is no resource %q%s", name, suggest.Hint(name, standardResources)).
				Fix = "a resource is cpu, memory, ephemeral-storage, hugepages-SIZE, or a device plugin's DOMAIN/NAME"
			continue
		}
		if text.Declined {
			continue
		}
		q, ok := schema.ParseQuantity(text.Value)
		switch {
		case !ok && sink.At(at.With(name)) == nil: // kgen made it of the request
		case !ok:
			sink.Errorf(schema.InvalidValue, at.With(name), "%q is no quantity", text.Value).
				Fix = "write a number with an optional suffix, as in 100m, 0.5 or 128Mi"
		case q.Sign() < 0:
			sink.Errorf(schema.InvalidValue, at.With(name), "%s is below zero", text.Value)
		case isExtended(name) && q.MilliValue()%1000 != 0:
			sink.Errorf(schema.InvalidValue, at.With(name), "%s: of %s there are only whole ones", text.Value, name)
		}
	}
}

func isResource(name string) bool {
	switch name {
	case "cpu", "memory", "ephemeral-storage":
		return true
	}
	if strings.HasPrefix(name, hugePages) {
		_, ok := schema.ParseQuantity(name[len(hugePages):])
		return ok
	}
	return strings.Contains(name, "/") && names.LabelKey.Fits(name)
}

// isExtended reports whether a resource is a device plugin's.
func isExtended(name string) bool { return strings.Contains(name, "/") }

// requestsOverLimits: row 11. What cannot be shared out twice needs a limit
// equal to the request.
func requestsOverLimits(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		if c.Resources == nil || c.Resources.Declined {
			continue
		}
		for i := range c.Resources.Requests {
			name, request := c.Resources.Requests[i].Key, c.Resources.Requests[i].Value
			limit := c.Resources.Limits.Get(name)
			isFixed := isExtended(name) || strings.HasPrefix(name, hugePages)
			switch {
			case request.Declined:
			case limit == nil || limit.Declined:
				if isFixed {
					sink.Errorf(schema.RequestOverLimit, c.Path.With("resources", "requests", name), "%s cannot be overcommitted, so the request needs a limit", name).
						Fix = "add limits: " + name + `: "` + request.Value + `"`
				}
			default:
				compareAmounts(sink, c.Path.With("resources"), name, request.Value, limit.Value, isFixed)
			}
		}
	}
}

func compareAmounts(sink *report.Sink, at tree.Path, name, request, limit string, isFixed bool) {
	asked, isAmount := schema.ParseQuantity(request)
	most, isLimit := schema.ParseQuantity(limit)
	if !isAmount || !isLimit {
		return
	}
	switch order := asked.Cmp(most); {
	case order > 0:
		sink.Errorf(schema.RequestOverLimit, ownOf(sink, at.With("requests", name), at.With("limits", name)), "the %s request %s is above the limit %s", name, request, limit).
			Fix = "lower the request or raise the limit"
	case order < 0 && isFixed:
		sink.Errorf(schema.RequestOverLimit, at.With("requests", name), "%s cannot be overcommitted: the request %s must be the limit %s", name, request, limit)
	}
}

// ownOf is the one of two places that conflict at which to tell it: the first,
// unless that is everybody's in kgen.cue and the second the service's own.
func ownOf(sink *report.Sink, first, second tree.Path) tree.Path {
	own := sink.Place(nil).File()
	if sink.Place(first).File() != own && sink.Place(second).File() == own {
		return second
	}
	return first
}
