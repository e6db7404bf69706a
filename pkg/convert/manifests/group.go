package manifests

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/schema"
)

// workloads are the kinds that a service can be.
var workloads = []string{schema.Deployment, schema.StatefulSet, schema.DaemonSet, schema.Job, schema.CronJob}

func isWorkload(o *Object) bool {
	return slices.Contains(workloads, o.Kind) && (o.APIVersion == "apps/v1" || o.APIVersion == "batch/v1")
}

// group puts the objects of a project into services: one for each workload, with all
// that belongs to it. What belongs to several goes to the first of them.
func (c *converter) group() {
	c.owners = map[*Object]*Group{}
	taken := map[string]*Object{}
	for _, o := range c.objects {
		if !isWorkload(o) {
			continue
		}
		switch other := taken[o.Name]; {
		case other != nil:
			c.add(convert.Changed, o, "no service of its own, for %s has the name: it stays a manifest, in objects", other.Ref())
			continue
		case !names.DNSLabel.Fits(o.Name):
			c.add(convert.Changed, o, "no service, for %s: it stays a manifest, in objects", names.DNSLabel.Complaint(o.Name))
			continue
		}
		taken[o.Name] = o
		g := &Group{Name: o.Name, Workload: o}
		c.groups = append(c.groups, g)
		c.owners[o] = g
	}
	for isNew, isFirst := true, true; isNew; isFirst = false {
		isNew = isFirst
		for _, o := range c.objects {
			if isFirst && o.Kind != "Service" {
				continue // by these others find the service that they are about
			}
			if c.owners[o] == nil && !makesPods(o) {
				if g := c.groupOf(o); g != nil {
					c.owners[o] = g
					isNew = true
				}
			}
		}
	}
	for _, o := range c.objects {
		if g := c.owners[o]; g != nil && g.Workload != o {
			g.Others = append(g.Others, o)
		}
	}
}

// add reports something about an object.
func (c *converter) add(outcome convert.Outcome, o *Object, format string, args ...any) {
	in := input{}
	in.add(outcome, o, nil, format, args...)
	c.draft.Report.Add(in.report.Items[0])
}

// groupOf is the group that an object belongs to; nil for none, or none yet.
func (c *converter) groupOf(o *Object) *Group {
	switch o.Kind {
	case "Service", "PodDisruptionBudget", "NetworkPolicy", "PodMonitor":
		return c.bySelector(o)
	case "ServiceMonitor":
		return c.byService(o)
	case "Ingress", "HTTPRoute", "GRPCRoute":
		return c.byNames(o, "Service")
	case "HorizontalPodAutoscaler", "VerticalPodAutoscaler", "ScaledObject":
		return c.byNames(o, workloads...)
	case "RoleBinding", "ClusterRoleBinding":
		for _, s := range subjects(o, c.namespace) {
			if g := c.byAccount(s.name); g != nil {
				return g
			}
		}
		return nil
	case "Role", "ClusterRole":
		return c.byBinding(o)
	case "ExternalSecret", "SealedSecret":
		return c.byUser("Secret", secretOf(o))
	case "ConfigMap", "Secret":
		if len(c.index().users[key(o.Kind, o.Name)]) == 0 {
			return c.byOwnName(o)
		}
		return c.byUser(o.Kind, o.Name)
	case "PersistentVolumeClaim", "ServiceAccount":
		return c.byUser(o.Kind, o.Name)
	case "TriggerAuthentication":
		return c.byTrigger(o)
	case "Certificate":
		return c.byUser("Secret", text(o.Node, "spec", "secretName"))
	}
	return nil
}

// secretOf is the Secret that a controller makes of an object.
func secretOf(o *Object) string {
	for _, name := range []string{text(o.Node, "spec", "target", "name"), text(o.Node, "spec", "template", "metadata", "name")} {
		if name != "" {
			return name
		}
	}
	return o.Name
}

// bySelector is the group whose pods an object selects.
func (c *converter) bySelector(o *Object) *Group {
	selector := selectorOf(o)
	if selector == nil {
		return nil
	}
	return c.home(o, c.index().pods.find(selector))
}

// byService is the group of the Service whose labels an object selects.
func (c *converter) byService(o *Object) *Group {
	selector := selectorOf(o)
	if selector == nil {
		return nil
	}
	return c.home(o, c.index().services.find(selector))
}

// byNames is the group of the objects of some kinds that an object names.
func (c *converter) byNames(o *Object, kinds ...string) *Group {
	var named []*Object
	for _, r := range c.index().references[o] {
		if found := c.find(r.kind, r.name); found != nil && slices.Contains(kinds, r.kind) {
			named = append(named, found)
		}
	}
	return c.home(o, named)
}

// byUser is the group of the workloads that name an object, or else of the other objects
// that do.
func (c *converter) byUser(kind, name string) *Group {
	var workloads, others []*Object
	for _, o := range c.index().users[key(kind, name)] {
		if g := c.owners[o]; g != nil && g.Workload == o {
			workloads = append(workloads, o)
		} else {
			others = append(others, o)
		}
	}
	used := c.find(kind, name)
	if g := c.home(used, workloads); g != nil {
		return g
	}
	return c.home(used, others)
}

// byOwnName is the group that an object is called by, and labelled as, like web-rules of
// web: programs read some by the API, and are told of them by arguments.
func (c *converter) byOwnName(o *Object) (found *Group) {
	for _, g := range c.groups {
		isCalled := o.Name == g.Name || strings.HasPrefix(o.Name, g.Name+"-")
		if isCalled && (found == nil || len(g.Name) > len(found.Name)) {
			found = g
		}
	}
	if found == nil {
		return nil
	}
	of, alike := labelsAt(found.Workload.Node, metadataPath), 0
	own := labelsAt(o.Node, metadataPath)
	for key, value := range own {
		if of[key] == value {
			alike++
		}
	}
	if 2*alike < len(own) {
		return nil
	}
	return found
}

// home is which group an object goes to of those that some others are in: the one of its
// name, else the one that its labels name, else the first.
func (c *converter) home(o *Object, others []*Object) (first *Group) {
	called, labelled := "", ""
	if o != nil {
		called, labelled = o.Name, labelsAt(o.Node, metadataPath)[nameLabel]
	}
	var byLabel *Group
	for _, other := range others {
		g := c.owners[other]
		switch {
		case g == nil:
			continue
		case g.Name == called:
			return g
		case g.Name == labelled && byLabel == nil:
			byLabel = g
		}
		if first == nil {
			first = g
		}
	}
	if byLabel != nil {
		return byLabel
	}
	return first
}

// byAccount is the first group whose pods run as a ServiceAccount.
func (c *converter) byAccount(name string) *Group { return c.byUser("ServiceAccount", name) }

// byBinding is the group of the first binding that gives a role.
func (c *converter) byBinding(o *Object) *Group {
	for _, other := range c.objects {
		role := other.Node.Get("roleRef")
		if g := c.owners[other]; g != nil && role != nil && text(role, "kind") == o.Kind && text(role, "name") == o.Name {
			return g
		}
	}
	return nil
}
