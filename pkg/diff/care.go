package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// Care is what needs care about a change.
type Care struct {
	ID      string
	Path    string // of the field; empty for the object
	Message string
}

// The ids of Care, the gravest first.
const (
	CareRefused  = "refused"       // the API server does not let it change so
	CareData     = "data"          // what is removed holds data
	CareTraffic  = "traffic"       // who reached it may no longer
	CareReplicas = "replicas"      // fewer pods
	CareRestart  = "restarts-pods" // pods are replaced
	CareRenamed  = "renamed"       // removed and added is one object with another name
)

// CareIDs are all ids, the gravest first.
var CareIDs = []string{CareRefused, CareData, CareTraffic, CareReplicas, CareRestart, CareRenamed}

func (c *Change) mind(id, path, format string, args ...any) {
	c.Cares = append(c.Cares, Care{id, path, fmt.Sprintf(format, args...)})
}

// care finds what needs care.
func (c *Change) care() {
	switch c.Action {
	case Removed:
		c.careRemoved()
	case Changed:
		c.careRefused()
		c.careTraffic()
		c.careReplicas()
		c.careRestart()
	}
	slices.SortStableFunc(c.Cares, func(a, b Care) int { return slices.Index(CareIDs, a.ID) - slices.Index(CareIDs, b.ID) })
}

// careRefused asks the API server's own rules about the update.
func (c *Change) careRefused() {
	before, isTyped := c.oldObject.Value.(manifest.Typed)
	after, areTyped := c.newObject.Value.(manifest.Typed)
	if !isTyped || !areTyped {
		return
	}
	for _, o := range apiserver.Update(before, after) {
		c.mind(CareRefused, o.Field, "the API server refuses the update: %s%s", o.Message, c.wayOut())
	}
	if c.Kind == "Service" && textOf(c.oldValue.at("spec", "clusterIP")) == "None" && c.newValue.at("spec", "clusterIP") == nil &&
		textOf(c.newValue.at("spec", "type")) != "ExternalName" && len(c.Cares) == 0 {
		c.mind(CareRefused, "spec.clusterIP", "the API server keeps None; delete the Service and create it anew")
	}
}

// wayOut is what to do about a refused update, where there is one way.
func (c *Change) wayOut() string {
	switch c.Kind {
	case "StatefulSet":
		return "; kubectl delete --cascade=orphan leaves its pods and claims while it is created anew"
	case "Job", "RoleBinding", "ClusterRoleBinding":
		return "; delete it and create it anew"
	}
	return ""
}

// careRemoved tells of removed objects that hold data, that run, or that others reach.
func (c *Change) careRemoved() {
	switch c.Kind {
	case "Namespace":
		c.mind(CareData, "", "all that is in the namespace is removed with it")
	case "PersistentVolumeClaim", "PersistentVolume":
		c.mind(CareData, "", "its data may be lost")
	case "CustomResourceDefinition":
		c.mind(CareData, "", "all objects of the kind are removed with it")
	case "Secret":
		c.mind(CareData, "", "its values are in no manifest")
	case "StatefulSet":
		c.mind(CareReplicas, "", "its pods stop with it")
		if c.whole.at("spec", "volumeClaimTemplates") == nil {
			return
		}
		if textOf(c.whole.at("spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted")) == "Delete" {
			c.mind(CareData, "", "its claims are removed with it, as whenDeleted says")
		} else {
			c.mind(CareData, "", "its claims stay, with their data")
		}
	case "Deployment", "DaemonSet":
		c.mind(CareReplicas, "", "its pods stop with it")
	case "Service", "Ingress", "HTTPRoute", "GRPCRoute":
		c.mind(CareTraffic, "", "who reaches it no longer does")
	}
}

// careTraffic tells of ports and addresses that are gone.
func (c *Change) careTraffic() {
	for i := range c.Fields {
		f := &c.Fields[i]
		path := strings.Join(f.in, " ")
		switch {
		case c.Kind == "Service" && path == "spec type" && isExposed(textOf(f.old)) && textOf(f.new) != "LoadBalancer":
			c.mind(CareTraffic, f.Path, "no longer a %s: it is not reached from outside as before", textOf(f.old))
		case c.Kind == "Service" && f.old != nil && (path == "spec ports" && f.Action == Removed || path == "spec ports port"):
			c.mind(CareTraffic, f.Path, "port %s is no longer served", shownPort(f.old))
		case c.Kind == "Service" && (path == "spec selector" || strings.HasPrefix(path, "spec selector ")):
			c.mind(CareTraffic, f.Path, "it selects other pods")
		case c.Kind == "Ingress" && (path == "spec rules" || path == "spec rules http paths") && f.Action == Removed:
			c.mind(CareTraffic, f.Path, "no longer served")
		}
	}
}

func isExposed(kind string) bool { return kind == "LoadBalancer" || kind == "NodePort" }

func shownPort(v *value) string {
	if v != nil && v.isScalar() {
		return v.text
	}
	return textOf(v.get("port"))
}

// careReplicas tells of fewer pods.
func (c *Change) careReplicas() {
	for i := range c.Fields {
		f := &c.Fields[i]
		isCount := len(f.in) == 2 && f.in[0] == "spec" && (f.in[1] == "replicas" || f.in[1] == "minReplicas" || f.in[1] == "maxReplicas")
		was, err := strconv.Atoi(textOf(f.old))
		is, isErr := strconv.Atoi(textOf(f.new))
		if isCount && err == nil && isErr == nil && is < was {
			c.mind(CareReplicas, f.Path, "%d instead of %d", is, was)
		}
	}
}

// careRestart tells which pods are replaced.
func (c *Change) careRestart() {
	n := 0
	for i := range c.Fields {
		if f := &c.Fields[i]; len(f.in) > 2 && f.in[0] == "spec" && f.in[1] == "template" {
			n++
		}
	}
	if n == 0 || slices.ContainsFunc(c.Cares, func(m Care) bool { return m.ID == CareRefused }) {
		return
	}
	switch c.Kind {
	case "Deployment":
		how := "one after another"
		if textOf(c.newValue.at("spec", "strategy", "type")) == "Recreate" {
			how = "all at once: the strategy is Recreate"
		}
		c.mind(CareRestart, "spec.template", "its pods are replaced, %s", how)
	case "StatefulSet", "DaemonSet":
		if textOf(c.newValue.at("spec", "updateStrategy", "type")) == string(appsv1.OnDeleteStatefulSetStrategyType) {
			c.mind(CareRestart, "spec.template", "its pods are replaced when they are deleted: the strategy is OnDelete")
			return
		}
		c.mind(CareRestart, "spec.template", "its pods are replaced, one after another")
	}
}

// HasCare reports whether anything about the change needs care.
func (c *Change) HasCare() bool { return len(c.Cares) > 0 }
