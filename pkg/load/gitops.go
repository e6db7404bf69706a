package load

import (
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// deliveries are the blocks of kgen.cue that say how manifests get to a cluster.
var deliveries = []string{"argocd", "flux"}

// deliveryShapes are their shapes.
var deliveryShapes = map[string]*shape{"argocd": {groups: groupOf("cluster", "server")}, "flux": {}}

// deliver gives w what an environment says of Argo CD and Flux over the project. It
// reports whether both can be read.
func deliver(p *Project, w *schema.World, sink *report.Sink) bool {
	isRead := true
	blocks := map[string]any{"argocd": &w.ArgoCD, "flux": &w.Flux}
	for _, name := range deliveries {
		m := merger{sink}
		var merged *tree.Node
		for _, at := range []tree.Path{tree.P(name), tree.P("environments", w.Environment, name)} {
			if layer := p.Tree.At(at); layer != nil {
				merged = m.over(merged, layer, deliveryShapes[name], at)
			}
		}
		if merged != nil && merged.Kind == tree.Map {
			isRead = decode(merged, blocks[name], sink) && isRead
		}
	}
	w.FillGitOps()
	return isRead
}

// checkURL judges the URL of a repository or of a server. It never tells the URL: one
// that is wrong may be so by the password in it.
func checkURL(key, text string, at tree.Path, sink *report.Sink) {
	isRepository := key == "repoURL"
	user, host, isShort := strings.Cut(text, "@")
	if isShort = isShort && !strings.ContainsAny(user, "/:") && strings.Contains(host, ":") && !strings.ContainsAny(text, " \t\n"); isShort && isRepository {
		return // git@github.com:acme/shop.git
	}
	schemes := []string{"https", "http"}
	want := "https://HOST"
	if isRepository {
		schemes = append(schemes, "ssh", "oci")
		want = "https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH"
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme):
		sink.Errorf(schema.InvalidValue, at, "expected %s", want)
	case u.User != nil && (u.Scheme != "ssh" || hasPassword(u)):
		sink.Errorf(schema.LiteralSecret, at, "there is a password or a token in the URL").
			Fix = "Argo CD keeps credentials in a Secret of its own, by the URL without them"
	}
}

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	return has
}

// isSyncOption reports whether text is NAME=VALUE.
func isSyncOption(text string) bool {
	name, value, _ := strings.Cut(text, "=")
	return name != "" && value != "" && len(strings.Fields(text)) == 1
}

// checkDelivery reports what no pattern of the schema can say of the blocks of
// kgen.cue that say how manifests get to a cluster.
func checkDelivery(root *tree.Node, sink *report.Sink) {
	places := []tree.Path{nil}
	for _, e := range entries(root.Get("environments")) {
		places = append(places, tree.P("environments", e.Key))
	}
	for _, place := range places {
		for _, name := range deliveries {
			at := place.With(name)
			block := root.At(at)
			if block == nil || block.Kind != tree.Map {
				continue
			}
			checkGroups(block, deliveryShapes[name], at, sink)
			if dir := block.Get("path"); dir != nil && dir.Kind == tree.String && !fs.ValidPath(dir.Text) {
				sink.Errorf(schema.InvalidValue, at.With("path"), "%q: a directory of the repository from its root, as in deploy/shop, or . for the root itself", dir.Text)
			}
			for _, key := range []string{"repoURL", "server"} {
				if n := block.Get(key); n != nil && n.Kind == tree.String {
					checkURL(key, n.Text, at.With(key), sink)
				}
			}
			if options := block.Get("syncOptions"); options != nil && options.Kind == tree.List {
				for i, o := range options.Fields {
					if o.Value.Kind == tree.String && !isSyncOption(o.Value.Text) {
						sink.Errorf(schema.InvalidValue, at.With("syncOptions", i), "%q: an option is NAME=VALUE", o.Value.Text)
					}
				}
			}
		}
	}
}
