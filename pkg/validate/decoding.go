package validate

import (
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// fromDecoding is a value of the manifest n that does not fit its field.
func fromDecoding(n *tree.Node, e *tree.DecodeError) Problem {
	p := Problem{Severity: report.Error, ID: Syntax, Path: e.Path, Field: e.Path.String(), Message: e.Message, Fix: e.Fix}
	isBuiltIn := manifest.KindOf(textAt(n, "apiVersion"), textAt(n, "kind")) != nil
	switch {
	case e.Kind == tree.UnknownField:
		p.ID = UnknownField
		if isDirective(e) {
			p.Fix = "this is a patch, for kustomize or kubectl patch: a manifest has no directives"
		} else if m := movedOf(n, e); m != nil {
			p.Fix = m.fix
		}
	case e.Message == "expected base64":
		p.Fix = "encode it, or put it under stringData as it is"
		if textAt(n, "kind") != "Secret" {
			p.Fix = "encode it"
		}
	case p.Fix == "":
		if p.Fix = withoutQuotes(n.At(e.Path), e); p.Fix == "" && isBuiltIn {
			p.Fix = fixOfForm(e)
		}
	}
	if key := lastKey(e.Path); key == "true" || key == "false" {
		p.Message += wordKeys[key]
	}
	return p
}

// wordKeys tell what else may stand in a manifest for a key.
var wordKeys = map[string]string{
	"true":  `; without quotes the keys y, yes and on are "true" too`,
	"false": `; without quotes the keys n, no and off are "false" too`,
}

// lastKey is the key that a path ends with; empty for an index.
func lastKey(at tree.Path) string {
	if len(at) == 0 {
		return ""
	}
	key, _ := at[len(at)-1].(string)
	return key
}

// isDirective reports whether an unknown field is one of those that say how to
// merge: $patch, $retainKeys and others.
func isDirective(e *tree.DecodeError) bool {
	return e.Kind == tree.UnknownField && strings.HasPrefix(lastKey(e.Path), "$")
}

// withoutQuotes is the number, the boolean or the quantity that a text was meant to
// be.
func withoutQuotes(n *tree.Node, e *tree.DecodeError) string {
	if n == nil || n.Kind != tree.String {
		return ""
	}
	isNumber := strings.HasPrefix(e.Message, "expected an integer") || strings.HasPrefix(e.Message, "expected a number")
	switch {
	case isNumber && plainNumber.MatchString(n.Text), strings.HasPrefix(e.Message, "expected true or false") && (n.Text == "true" || n.Text == "false"):
		return "write " + n.Text + " without quotes"
	case isNumber:
		if match := seconds.FindStringSubmatch(n.Text); match != nil && strings.HasSuffix(lastKey(e.Path), "Seconds") {
			return "write " + match[1]
		}
	case strings.HasPrefix(e.Message, "expected a quantity"):
		return nearestQuantity(n.Text)
	}
	return ""
}

var (
	plainNumber = regexp.MustCompile(`^-?[0-9]{1,18}$`)
	seconds     = regexp.MustCompile(`^([0-9]{1,9}) ?s(ec(onds?)?)?$`)
	// amount is a number with a unit, as people write it: 10 Mb.
	amount = regexp.MustCompile(`^([0-9.]+) ?([A-Za-z]*?)(i?)([bB]|ytes)?$`)
)

// units are those of quantities by their first letter.
var units = map[string]string{"": "", "m": "M", "k": "k", "g": "G", "t": "T"}

// nearestQuantity is the quantity that a text was meant to be.
func nearestQuantity(written string) string {
	compact := strings.ReplaceAll(strings.TrimSpace(written), " ", "")
	for _, end := range []string{"cores", "core", "cpus", "cpu"} {
		compact = strings.TrimSuffix(compact, end)
	}
	if match := amount.FindStringSubmatch(compact); match != nil && match[4] != "" || match != nil && match[3] != "" {
		if unit, known := units[strings.ToLower(match[2])]; known {
			if match[3] != "" && unit == "k" {
				unit = "K"
			}
			compact = match[1] + unit + match[3]
		}
	}
	if _, err := resource.ParseQuantity(compact); err != nil || compact == written || len(compact) > 20 {
		return ""
	}
	return "write " + compact
}

// forms say how to write what was written in a shorter one: the first counts whose
// in ends the path without indices.
var forms = []struct{ in, expected, fix string }{
	{"backend.service.port", "a map", "write port: {number: N}, or {name: NAME}"},
	{"volumes.configMap", "a map", "write configMap: {name: NAME}"},
	{"volumes.secret", "a map", "write secret: {secretName: NAME}"},
	{"volumes.persistentVolumeClaim", "a map", "write persistentVolumeClaim: {claimName: NAME}"},
	{"volumes.hostPath", "a map", "write hostPath: {path: PATH}"},
	{"env", "a map", "write {name: NAME, value: VALUE}"},
	{"env", "a list", "write a list of {name: NAME, value: VALUE}"},
	{"containers.ports", "a map", "write {containerPort: PORT}"},
	{"containers.ports", "a list", "write a list of {containerPort: PORT}"},
	{"spec.ports", "a map", "write {port: PORT}"},
	{"imagePullSecrets", "a map", "write {name: NAME}"},
	{"spec.selector.matchLabels", "a string, found a map", "a Service selects by labels alone: leave out matchLabels"},
	{"", "a list, found a string", "make it a list: put it in brackets, or behind a dash"},
	{"", "a list, found a map", "make it a list: put a dash before its first key"},
}

func fixOfForm(e *tree.DecodeError) string {
	at := pathWithoutIndices(e.Path)
	for _, f := range forms {
		if strings.HasPrefix(e.Message, "expected "+f.expected) && endsIn(at, f.in) {
			return f.fix
		}
	}
	return ""
}

// pathWithoutIndices is a path with dots between its keys, and one name for all
// that are containers, probes or backends.
func pathWithoutIndices(at tree.Path) string {
	var keys []string
	for _, elem := range at {
		switch key, _ := elem.(string); key {
		case "":
		case "initContainers", "ephemeralContainers":
			keys = append(keys, "containers")
		case "livenessProbe", "readinessProbe", "startupProbe":
			keys = append(keys, "probe")
		case "defaultBackend":
			keys = append(keys, "backend")
		default:
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, ".")
}

// endsIn reports whether a path with dots ends in the keys of another; every path
// ends in the empty one.
func endsIn(path, end string) bool {
	return end == "" || path == end || strings.HasSuffix(path, "."+end)
}
