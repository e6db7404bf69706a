package load

import (
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Export is the service as one file without layers would say it, its fields in the
// order of the schema: with kgen's defaults filled in, or what people wrote alone. The
// paths of files are relative to l.Dir. It is nil where the service is wrong.
func (l *Layered) Export(withDefaults bool) *tree.Node {
	s := l.Written
	if withDefaults {
		s = l.Service
	}
	if s == nil {
		return nil
	}
	long := tree.Encode(s)
	if s.ByOrg != nil {
		long.Fields = append(long.Fields, s.ByOrg.Fields...)
	}
	joinImage(long)
	leaveOpen(long)
	l.relocate(long)
	for _, field := range []string{"labels", "annotations"} {
		l.decline(long, field)
	}
	return ShortForm(long)
}

// ShortForm is a service in the long form as people write it.
func ShortForm(long *tree.Node) *tree.Node {
	if short := shortened(long); isSame(short, long) {
		return short
	}
	return long
}

// joinImage divides an image's reference as one string would be: where layers divide it
// otherwise, for one to say the registry with a part of the path, nobody else does.
func joinImage(root *tree.Node) {
	image := root.Get("image")
	registry, repository := image.Get("registry"), image.Get("repository")
	if registry == nil || repository == nil {
		return
	}
	first, rest := splitRegistry(registry.Text + "/" + repository.Text)
	if first != "" {
		registry.Text, repository.Text = first, rest
	}
}

// decline declines what kgen.cue says for all services and a null took away from this
// one: kgen.cue says it again.
func (l *Layered) decline(root *tree.Node, field string) {
	for _, f := range entries(l.Project.Tree.Get(field)) {
		if f.Value.Kind == tree.Null || l.Tree.At(tree.P(field, f.Key)) != nil {
			continue
		}
		if root.Get(field) == nil {
			root.Set(field, tree.Pos{}, &tree.Node{Kind: tree.Map})
		}
		root.Get(field).Set(f.Key, tree.Pos{}, &tree.Node{Kind: tree.Bool, Text: "false"})
	}
}

// leaveOpen takes out the status of pod conditions where nobody said one: Kubernetes'
// type writes it as an empty text.
func leaveOpen(root *tree.Node) {
	for _, rule := range elements(root.At(tree.P("job", "podFailurePolicy", "rules"))) {
		for _, condition := range elements(rule.Value.Get("onPodConditions")) {
			if status := condition.Value.Get("status"); status != nil && status.Text == "" {
				condition.Value.Delete("status")
			}
		}
	}
}

// relocate makes the paths of files relative to l.Dir, from wherever they were said.
func (l *Layered) relocate(root *tree.Node) {
	l.relocateFiles(root, nil)
	for _, field := range [...]string{"initContainers", "sidecars"} {
		for _, c := range entries(root.Get(field)) {
			l.relocateFiles(root, tree.P(field, c.Key))
		}
	}
	for _, s := range entries(root.Get("secrets")) {
		for _, d := range entries(s.Value.Get("data")) {
			l.relocateAt(root, tree.P("secrets", s.Key, "data", d.Key, "file"))
		}
	}
}

// relocateFiles is about the files of one container, which is at a path.
func (l *Layered) relocateFiles(root *tree.Node, at tree.Path) {
	for _, f := range entries(root.At(at.With("files"))) {
		l.relocateAt(root, at.With("files", f.Key, "source"))
		l.relocateAt(root, at.With("files", f.Key, "secret", "file"))
	}
}

func (l *Layered) relocateAt(root *tree.Node, at tree.Path) {
	n, written := root.At(at), l.Tree.At(at)
	if n == nil || written == nil || written.Pos.Source == nil {
		return
	}
	target := filepath.Join(written.Pos.Source.Dir, filepath.FromSlash(n.Text))
	if rel, err := relativeTo(l.Dir, target); err == nil {
		n.Text = filepath.ToSlash(rel)
	}
}

// isSame reports whether a service in short forms is the one in long forms.
func isSame(short, long *tree.Node) bool {
	x := expander{sink: &report.Sink{}}
	expanded := settleMounts(x.service(short))
	return len(x.sink.Findings) == 0 && string(expanded.AppendJSON(nil)) == string(long.AppendJSON(nil))
}

// shortForms write fields of a service as people do; what has no short form stays.
var shortForms = map[string]expand{
	"image":      shortImage,
	"env":        each(onlyField("value")),
	"ports":      each(onlyField("containerPort")),
	"strategy":   onlyField("type"),
	"configMaps": each(shortConfigMap),
	"secrets":    each(onlyField("data")),
	"volumes":    each(shortVolume),
	"ingress": fields(map[string]expand{
		"hosts":          each(each(onlyField("port"))),
		"defaultBackend": onlyField("port"),
		"tls":            shortTLS,
	}),
	"extraServices": each(fields(map[string]expand{"ports": each(onlyField("port"))})),

	"initContainers": each(fields(shortContainer)),
	"sidecars":       each(fields(shortContainer)),
}

// shortContainer are those of a container beside the service's own.
var shortContainer = map[string]expand{
	"image":  shortImage,
	"env":    each(onlyField("value")),
	"ports":  each(onlyField("containerPort")),
	"mounts": each(onlyField("volume")),
}

func shortened(service *tree.Node) *tree.Node {
	return fields(shortForms)(&expander{sink: &report.Sink{}}, service)
}

// onlyField is the value of a map's one field, where that is its name.
func onlyField(name string) expand {
	return func(_ *expander, n *tree.Node) *tree.Node {
		if value := n.Get(name); value != nil && len(n.Fields) == 1 {
			return value
		}
		return n
	}
}

func shortImage(_ *expander, n *tree.Node) *tree.Node {
	for _, f := range entries(n) {
		switch f.Key {
		case "registry", "repository", "tag", "digest":
		default:
			return n
		}
	}
	var image schema.Image
	if len(tree.Decode(n, &image)) > 0 || image.Repository == "" {
		return n
	}
	short := &tree.Node{Kind: tree.String, Text: image.String()}
	if expanded := expandImage(&expander{sink: &report.Sink{}}, short); string(expanded.AppendJSON(nil)) != string(n.AppendJSON(nil)) {
		return n
	}
	return short
}

// shortTLS is true for the Secret of the default name, and the name of any other.
func shortTLS(x *expander, n *tree.Node) *tree.Node {
	if n.Kind == tree.Map && len(n.Fields) == 0 {
		return &tree.Node{Kind: tree.Bool, Text: "true"}
	}
	return onlyField("secretName")(x, n)
}

func shortConfigMap(x *expander, n *tree.Node) *tree.Node {
	data := onlyField("data")(x, n)
	if data != n && data.Kind == tree.Map && len(data.Fields) > 0 && isConfigMapData(data) {
		return data
	}
	return n
}

var shortSources = fields(map[string]expand{
	"configMap": onlyField("name"),
	"secret":    onlyField("secretName"),
	"hostPath":  onlyField("path"),
})

// shortVolume writes one plain mount as mountPath.
func shortVolume(x *expander, n *tree.Node) *tree.Node {
	n = shortSources(x, n)
	mounts := entries(n.Get("mounts"))
	if len(mounts) != 1 || len(mounts[0].Value.Fields) > 0 {
		return n
	}
	short := n.Without()
	*short.Field("mounts") = tree.Field{Key: "mountPath", Value: &tree.Node{Kind: tree.String, Text: mounts[0].Key}}
	return short
}
