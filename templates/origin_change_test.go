package templates_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// several are rendered values that have more causes than the one that their origin
// names: patterns of the kind and the path in the object, and of the path of the
// other cause.
var several = []struct{ at, change, reason string }{
	{`^WORKLOAD .*Ref\.name$`, `^configMaps\.`, "the name of a hashed ConfigMap ends in a digest of its content"},
	{`^WORKLOAD .*KeyRef\.name$`, `^secrets\.`, "the name of a hashed Secret ends in a digest of its sources"},
	{`^WORKLOAD .*\.(grpc|tcpSocket)\.port$`, `^(ports|sidecars\..*\.ports)\.`, "a gRPC probe by name has the number of the port, and so has any probe by the name of another container's"},
	{`^WORKLOAD .*ontainers\[`, `^sidecars\..*\.native$`, "it says in which list the container stands, and nothing about it"},
	{`^Ingress .*\.service\.name$`, `^(service\.objectName|name)$`, "a backend without a service is the service itself, by the name of its Service"},
	{`^(HTTPRoute|GRPCRoute) .*\.backendRefs\[[0-9]+\]\.name$`, `^(service\.objectName|name)$`, "a backend without a name is the service itself, by the name of its Service"},
	{`^(HTTPRoute|GRPCRoute) .*\.backendRef.*\.port$`, `^(ports\.|httpRoutes\..*\.(service|name)$)`, "a route knows ports by number alone, those of the Service that it leads to"},
	{`^Deployment .*(\.image|/version"\])$`, `^image\.`, "what the release leaves out of an image is the service's"},
	{`^PersistentVolumeClaim metadata\.name$`, `^name$`, "a claim without a name of its own is called after the service and the volume"},
	{`^WORKLOAD .*\.claimName$`, `^name$`, "the same claim where it is mounted"},
	{`^WORKLOAD .*\.volumes.*(\.name|\.secretName)$`, `^name$`, "the objects that hold files are called after the service"},
	{`^WORKLOAD .*\.topologySpreadConstraints`, `^name$`, "the constraints of spread count the pods of the service"},
	{`^StatefulSet spec\.serviceName$`, `^name$`, "the Service that names the pods of a StatefulSet is called after the service"},
	{`^PersistentVolumeClaim kind$`, `^kind$`, "the claims of a StatefulSet are its own"},
	{`^Service kind$`, `^(kind|(extraServices\..*|service)\.headless)$`, "a StatefulSet has a headless Service where no other is"},
	{`^Service spec\.ports\[`, `\.expose$`, "it says whether the port stands there, and nothing about it"},
	{`^WORKLOAD .*\.volumeMounts\[`, `(\.container|^name|^sidecars\.[^.]*)$`, "it says whether the mount stands there, and nothing about it"},
	{`^WORKLOAD .*\.configMap\.items\[`, `\.mode$`, "one file with a mode makes the volume list all of them"},
	{`^WORKLOAD spec\.template\.spec\.`, `^securityContext\.readOnlyRootFilesystem$`, "the default adds /tmp to what is written under writable"},
	{`^Deployment .*annotations\["prometheus\.io/`, `^metrics\.kind$`, "it says whether they stand there, and nothing about them"},
}

// workloads are the kinds that make pods.
const workloads = "(Deployment|StatefulSet|DaemonSet|Job|CronJob)"

// TestChangesComeFromTheirOrigin changes one value of a service of the examples
// at a time: whatever is rendered otherwise then has that value for its origin,
// or is filled in by a built-in default.
func TestChangesComeFromTheirOrigin(t *testing.T) {
	changes, effects := 0, 0
	used := map[int]bool{}
	for _, p := range exampleProjects(t) {
		for _, e := range p.Environments {
			for i := range e.Services {
				c := changer{t: t, environment: e, service: i, used: used}
				c.root = e.Services[i].Tree()
				c.before = rendering(t, c.root, c.make(c.root))
				c.changeUnder(c.root, reflect.TypeFor[schema.Service](), nil)
				changes, effects = changes+c.changes, effects+c.effects
			}
		}
	}
	for i, s := range several {
		if !used[i] {
			t.Errorf("no change needs the exception %v", s)
		}
	}
	t.Logf("%d changes, %d values rendered otherwise", changes, effects)
}

// changer changes the values of one service of an environment.
type changer struct {
	t                *testing.T
	environment      *load.Environment
	service          int
	root             *tree.Node
	before           []object
	used             map[int]bool // exceptions
	changes, effects int
}

// object is a rendered object.
type object struct {
	id     string // its kind and origin, and which of these it is
	yaml   string
	leaves func() []origined
}

// origined is a rendered value and its origin.
type origined struct {
	object string
	leaf
	templates.Origin
	// isWritten is set where somebody wrote the value that Path leads to.
	isWritten bool
}

// id is the same for a value that moved within its list.
func (o *origined) id() string {
	id := ""
	for _, elem := range o.path {
		if key, ok := elem.(string); ok {
			id += "." + key
		}
	}
	return id + " of " + o.Path.String()
}

// rendering is everything that s, made of root, renders to.
func rendering(t *testing.T, root *tree.Node, s *schema.Service) (all []object) {
	count := map[string]int{}
	for _, o := range templates.Objects(s, sourcesAsValues) {
		kind, name := o.GetObjectKind().GroupVersionKind().Kind, o.GetName()
		id := kind + " of " + templates.OriginOf(s, kind, name, nil).Path.String()
		count[id]++
		id = fmt.Sprint(id, " ", count[id])
		leaves := sync.OnceValue(func() (leaves []origined) {
			for _, l := range leavesOf(t, o) {
				origin := templates.OriginOf(s, kind, name, l.path)
				leaves = append(leaves, origined{id, l, origin, root.At(origin.Path) != nil})
			}
			return leaves
		})
		all = append(all, object{id, string(manifest.Append(nil, o)), leaves})
	}
	return all
}

// make is the service of root with its defaults, among the others.
func (c *changer) make(root *tree.Node) *schema.Service {
	old := c.environment.Services[c.service].Service
	w := *old.World
	s := &schema.Service{World: &w}
	tree.Decode(root, s)
	for i := range s.Files {
		f := &s.Files[i].Value
		switch {
		case f.Content != nil:
			f.Bytes = []byte(*f.Content)
		case f.Binary != "":
			f.Bytes, _ = base64.StdEncoding.DecodeString(f.Binary)
		case f.Source != "":
			f.Bytes = []byte(f.Source)
		}
	}
	schema.ApplyDefaults(s)
	w.Services = slices.Clone(w.Services)
	for i := range w.Services {
		if w.Services[i].Value == old {
			w.Services[i].Value = s
		}
	}
	w.ConfigMaps, w.Secrets = maps.Clone(w.ConfigMaps), maps.Clone(w.Secrets)
	for i := range s.ConfigMaps {
		w.ConfigMaps[s.ConfigMaps[i].Key] = &s.ConfigMaps[i].Value
	}
	for i := range s.Secrets {
		w.Secrets[s.Secrets[i].Key] = &s.Secrets[i].Value
	}
	return s
}

// changeUnder changes every value under n, which is of Go type of, and every key
// that people choose.
func (c *changer) changeUnder(n *tree.Node, of reflect.Type, at tree.Path) {
	if n.IsScalar() {
		was := *n
		n.Text = another(n)
		c.compare(fmt.Sprintf("%s is %q instead of %q", at, n.Text, was.Text), at)
		*n = was
		return
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		if n.Kind == tree.List {
			c.changeUnder(f.Value, below(of, ""), at.With(i))
			continue
		}
		c.changeUnder(f.Value, below(of, f.Key), at.With(f.Key))
		if isMap(of) {
			was := f.Key
			f.Key = another(&tree.Node{Text: was})
			c.compare(fmt.Sprintf("%s is called %q", at.With(was), f.Key), at.With(was), at.With(f.Key))
			f.Key = was
		}
	}
}

// compare renders the service again. What changed there comes from one of the paths.
func (c *changer) compare(change string, from ...tree.Path) {
	c.changes++
	for _, o := range different(c.before, rendering(c.t, c.root, c.make(c.root))) {
		c.effects++
		comesFrom := func(at tree.Path) bool { return o.comesFrom(at) || c.isListed(o, at) }
		if !slices.ContainsFunc(from, comesFrom) {
			c.t.Errorf("%s: %s, but %s %s comes from %s %q", c.environment.Services[c.service].Name, change, o.object, o.path, o.Path, o.Default)
		}
	}
}

// comesFrom reports whether the origin is at the path, above or below it, or is
// a default that nobody overrides: it may depend on anything.
func (o *origined) comesFrom(at tree.Path) bool {
	isRelated := !o.InProject && areRelated(at, o.Path)
	return isRelated || o.Default != "" && !o.isWritten
}

func (c *changer) isListed(o origined, at tree.Path) bool {
	kind, _, _ := strings.Cut(o.object, " ")
	for i, s := range several {
		if regexp.MustCompile(strings.Replace(s.at, "WORKLOAD", workloads, 1)).MatchString(kind+" "+o.path.String()) && regexp.MustCompile(s.change).MatchString(at.String()) {
			c.used[i] = true
			return true
		}
	}
	return false
}

// different are the values that one side has otherwise, or alone. Of an object
// that only one side has it is what it is that counts.
func different(before, after []object) (list []origined) {
	old := map[string]object{}
	for _, o := range before {
		old[o.id] = o
	}
	for _, o := range after {
		was, met := old[o.id]
		delete(old, o.id)
		switch {
		case !met:
			list = append(list, kindOf(o))
		case was.yaml != o.yaml:
			list = append(list, lacking(o.leaves(), was.leaves())...)
			list = append(list, lacking(was.leaves(), o.leaves())...)
		}
	}
	for _, o := range before {
		if _, left := old[o.id]; left {
			list = append(list, kindOf(o))
		}
	}
	return list
}

func kindOf(o object) origined {
	leaves := o.leaves()
	return leaves[slices.IndexFunc(leaves, func(l origined) bool { return l.path.String() == "kind" })]
}

func lacking(from, in []origined) (list []origined) {
	values := map[string][]any{}
	for i := range from {
		values[from[i].id()] = append(values[from[i].id()], from[i].value)
	}
	for _, o := range in {
		id := o.id()
		if had := values[id]; len(had) > 0 && reflect.DeepEqual(had[0], o.value) {
			values[id] = had[1:]
			continue
		}
		list = append(list, o)
	}
	return list
}

// words are values of which there are only a few.
var words = map[string]string{
	"Recreate": "RollingUpdate", "RollingUpdate": "Recreate", "soft": "hard", "hard": "soft", "none": "soft",
	"restricted": "baseline", "baseline": "none", "true": "false", "false": "true", "TCP": "UDP", "UDP": "TCP",
	"ReadWriteOnce": "ReadWriteMany", "ReadWriteMany": "ReadWriteOnce",
}

// another is another text for a scalar that is a value of the same type: the first
// digit counts on, a word changes.
func another(n *tree.Node) string {
	if word := words[n.Text]; word != "" {
		return word
	}
	if number, err := strconv.ParseInt(n.Text, 0, 64); err == nil {
		return strconv.FormatInt(number+1, 10)
	}
	i := strings.IndexFunc(n.Text, func(c rune) bool { return c >= '0' && c <= '8' })
	if n.Text == "" || i < 0 {
		return n.Text + "x"
	}
	return n.Text[:i] + string(n.Text[i]+1) + n.Text[i+1:]
}
