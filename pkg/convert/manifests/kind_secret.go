package manifests

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillSecret is the inverse of templates.Secret, without its values: each is read from
// an environment variable from now on.
func (c *converter) fillSecret(g *Group, o *Object, s *schema.Service) bool {
	secret, isSecret := o.Value.(*corev1.Secret)
	if !isSecret || s.Secrets.Has(o.Name) {
		return false
	}
	made := schema.Secret{Immutable: secret.Immutable != nil && *secret.Immutable}
	if secret.Type != corev1.SecretTypeOpaque {
		made.Type = string(secret.Type)
	}
	for _, field := range []string{"data", "stringData"} {
		for _, key := range keys(o.Node.Get(field)) {
			if made.Data.Has(key) {
				continue
			}
			variable := c.variable(g, o, key)
			made.Data = append(made.Data, schema.Entry[schema.SecretSource]{Key: key, Value: schema.SecretSource{Env: variable}})
			c.noteVariable(g, o, tree.P(field, key), variable, secret)
		}
	}
	if len(made.Data) == 0 {
		return false
	}
	s.Secrets = append(s.Secrets, schema.Entry[schema.Secret]{Key: o.Name, Value: made})
	return true
}

// noteVariable says where the value of a key comes from. The value itself is in no
// message.
func (c *converter) noteVariable(g *Group, o *Object, at tree.Path, variable string, secret *corev1.Secret) {
	key, _ := at[1].(string)
	message := "the value is read from the environment variable " + variable + " when the Secret is rendered; it stands in no file"
	if data := secret.Data[key]; !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		c.note(convert.ToDo, g, o, at, "secrets."+o.Name, message+". It is binary, which no variable can be: name a file instead, as in {file: \"...\"}")
		return
	}
	c.note(convert.Changed, g, o, at, "secrets."+o.Name, message)
}

// variable is the name of the environment variable for a key of a Secret, which no other
// has: that of the service and the key, with that of the Secret where two keys are
// alike.
func (c *converter) variable(g *Group, o *Object, key string) string {
	if c.variables == nil {
		c.variables = map[string]string{}
	}
	whose := o.Name + "/" + key
	short, long := names.MakeEnvName(g.Name+"_"+key), names.MakeEnvName(g.Name+"_"+o.Name+"_"+key)
	if strings.HasPrefix(names.MakeEnvName(o.Name), names.MakeEnvName(g.Name)+"_") {
		long = names.MakeEnvName(o.Name + "_" + key)
	}
	for n := 1; ; n++ {
		name := short
		switch {
		case n == 2:
			name = long
		case n > 2:
			name = long + "_" + strconv.Itoa(n-1)
		}
		if other := c.variables[name]; other == "" || other == whose {
			c.variables[name] = whose
			return name
		}
	}
}
