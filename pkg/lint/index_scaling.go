package lint

import (
	"slices"
	"sync"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// scaling is what scales what, sorted out when the first rule asks for it. The targets
// need not be among the objects.
type scaling struct {
	once     sync.Once
	byTarget map[key][]*Autoscaler
	vertical map[key][]*vertical
}

// vertical is a VerticalPodAutoscaler that changes the requests of running pods.
type vertical struct {
	*Object
	policies []containerPolicy
}

type containerPolicy struct {
	Container string   `json:"containerName"`
	Mode      string   `json:"mode"`
	Resources []string `json:"controlledResources"`
}

func (x *Index) readScaling() *scaling {
	s := &x.scaling
	s.once.Do(func() {
		s.byTarget, s.vertical = map[key][]*Autoscaler{}, map[key][]*vertical{}
		for _, o := range x.objects {
			if a := x.scalers[o]; a != nil && a.TargetName != "" {
				s.byTarget[a.target()] = append(s.byTarget[a.target()], a)
			}
		}
		for _, o := range x.Kind("VerticalPodAutoscaler.autoscaling.k8s.io") {
			if v, target := verticalOf(o); v != nil {
				s.vertical[target] = append(s.vertical[target], v)
			}
		}
	})
	return s
}

func (a *Autoscaler) target() key {
	return key{GroupKind(a.TargetAPIVersion, a.TargetKind), a.space(), a.TargetName}
}

// verticalOf is a VerticalPodAutoscaler and its target; nil for one that only
// recommends, or sets requests when pods are made.
func verticalOf(o *Object) (v *vertical, target key) {
	var spec struct {
		Target struct {
			APIVersion string `json:"apiVersion"`
			Kind       string `json:"kind"`
			Name       string `json:"name"`
		} `json:"targetRef"`
		Update struct {
			Mode string `json:"updateMode"`
		} `json:"updatePolicy"`
		Resource struct {
			Policies []containerPolicy `json:"containerPolicies"`
		} `json:"resourcePolicy"`
	}
	tree.Decode(o.Node().Get("spec"), &spec)
	if spec.Update.Mode == "Off" || spec.Update.Mode == "Initial" || o.isUnread(tree.P("spec")) {
		return nil, key{}
	}
	return &vertical{o, spec.Resource.Policies}, key{GroupKind(spec.Target.APIVersion, spec.Target.Kind), o.space(), spec.Target.Name}
}

// controls reports whether v sets the request for a resource of a container; of one
// without a name, that of containers it has no policy for.
func (v *vertical) controls(container, resource string) bool {
	for _, name := range []string{container, "*"} {
		for i := range v.policies {
			if p := &v.policies[i]; p.Container == name {
				return p.Mode != "Off" && (p.Resources == nil || slices.Contains(p.Resources, resource))
			}
		}
	}
	return resource == "cpu" || resource == "memory"
}

// rivals are the autoscalers of the target of another one, with it, in the order of
// the input.
func (x *Index) rivals(a *Autoscaler) []*Autoscaler { return x.readScaling().byTarget[a.target()] }

// verticals change the requests of the target of an autoscaler.
func (x *Index) verticals(a *Autoscaler) []*vertical { return x.readScaling().vertical[a.target()] }
