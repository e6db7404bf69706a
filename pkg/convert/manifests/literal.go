package manifests

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// tellLiterals tells of what looks like a secret in the pods and the annotations of
// objects: it stands in the input, comes over as it is, and who reads the project has to
// know.
func (c *converter) tellLiterals() {
	for _, o := range c.objects {
		metadata := []tree.Path{metadataPath}
		if template := podTemplate(o); len(template) > 0 {
			metadata = append(metadata, template.With("metadata"))
		}
		for _, at := range metadata {
			c.tellAnnotations(o, at.With("annotations"))
		}
		if !makesPods(o) {
			continue
		}
		for _, list := range []string{"initContainers", "containers"} {
			at := podTemplate(o).With("spec", list)
			for i, n := range elements(o.Node.At(at)) {
				var container corev1.Container
				tree.Decode(n, &container)
				for _, l := range literalsOf(&container) {
					c.tellLiteral(o, at.With(i).With(l.at...), l)
				}
			}
		}
	}
}

// tellAnnotations tells of secrets in annotations. What ends in "secret" is mostly the
// name of a Secret, as with ingress-nginx.
// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations
func (c *converter) tellAnnotations(o *Object, at tree.Path) {
	annotations := o.Node.At(at)
	for _, key := range keys(annotations) {
		name := key[strings.LastIndexByte(key, '/')+1:]
		sign := secrets.In(name, annotations.Get(key).Text)
		if sign != secrets.None && !(sign == secrets.ByName && strings.HasSuffix(name, "secret")) {
			c.tellLiteral(o, at.With(key), literal{name: key, sign: sign})
		}
	}
}

func (c *converter) tellLiteral(o *Object, at tree.Path, l literal) {
	message := l.name + " holds " + asWords(l.sign) + " in plain text, which everybody reads who reads the manifests"
	if l.canMove {
		message += ": move it to a Secret"
	}
	i := item(convert.Debt, o, at, message)
	if g := c.owners[o]; g != nil {
		i.Service = g.Name
		if l.isRefused {
			i.Field = "allowLiteral"
		}
	}
	c.draft.Report.Add(i)
}

// asWords is a sign as the end of a sentence.
func asWords(sign secrets.Sign) string {
	if sign == secrets.ByName {
		return "what by its name is a secret"
	}
	return string(sign)
}
