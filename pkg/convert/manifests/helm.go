package manifests

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// rareHooks are the events of Helm that neither install nor upgrade a release: what runs
// at these alone is no part of it. https://helm.sh/docs/topics/charts_hooks
var rareHooks = map[string]string{
	"test": "helm test", "test-success": "helm test", "test-failure": "helm test", "pre-delete": "helm uninstall", "post-delete": "helm uninstall",
	"pre-rollback": "helm rollback", "post-rollback": "helm rollback",
}

// runsRarely says when Helm runs an object that no install and no upgrade does, and so
// kgen would at each apply; empty for all others.
func runsRarely(o *Object) string {
	var when []string
	for hook := range strings.SplitSeq(text(o.Node, "metadata", "annotations", "helm.sh/hook"), ",") {
		at := rareHooks[strings.TrimSpace(hook)]
		if at == "" {
			return ""
		}
		if !slices.Contains(when, at) {
			when = append(when, at)
		}
	}
	return strings.Join(when, " and ")
}

// noteHelm tells of what Helm does with an object and nobody does any more.
func (in *input) noteHelm(o *Object) {
	at := tree.P("metadata", "annotations")
	if hook := text(o.Node, "metadata", "annotations", "helm.sh/hook"); hook != "" {
		in.add(convert.Changed, o, at.With("helm.sh/hook"), "Helm runs it as a hook, at %s; here it is applied with all else", hook)
	}
	if policy := text(o.Node, "metadata", "annotations", "helm.sh/resource-policy"); policy != "" {
		in.add(convert.Changed, o, at.With("helm.sh/resource-policy"), "Helm goes by it (%s); who applies manifests does not", policy)
	}
}
