package load

import "github.com/kgen-dev/kgen/pkg/tree"

// secretForms are the short forms within a Secret that a controller makes.
var secretForms = map[string]expand{
	"external": fields(map[string]expand{
		"store": stringUnder("name"),
		"data":  each(oneByOne(stringUnder("property"), fields(map[string]expand{"store": stringUnder("name")}))),
	}),
	"sealed": expandSealed,
}

// expandSealed takes a map without the fields of the long form for the values.
func expandSealed(_ *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.Map || n.Get("encryptedData") != nil || n.Get("scope") != nil {
		return n
	}
	return under("encryptedData", n)
}

// autoscalingForms make texts of what a ScaledObject and a VerticalPodAutoscaler
// have as such.
var autoscalingForms = map[string]expand{
	"keda": fields(map[string]expand{
		"triggers":         items(fields(map[string]expand{"metadata": each((*expander).text)})),
		"scalingModifiers": fields(map[string]expand{"target": (*expander).text, "activationTarget": (*expander).text}),
	}),
	"vertical": fields(map[string]expand{
		"minAllowed": each((*expander).text), "maxAllowed": each((*expander).text),
		"containers": each(fields(map[string]expand{"minAllowed": each((*expander).text), "maxAllowed": each((*expander).text)})),
	}),
}

// oneByOne expands by one form and then by the next.
func oneByOne(forms ...expand) expand {
	return func(x *expander, n *tree.Node) *tree.Node {
		for _, form := range forms {
			n = form(x, n)
		}
		return n
	}
}

// items expands every element of a list.
func items(form expand) expand {
	return func(x *expander, n *tree.Node) *tree.Node {
		if n.Kind != tree.List {
			return n
		}
		result := *n
		result.Fields = make([]tree.Field, len(n.Fields))
		for i := range n.Fields {
			result.Fields[i] = tree.Field{KeyPos: n.Fields[i].KeyPos, Value: form(x, n.Fields[i].Value)}
		}
		return &result
	}
}
