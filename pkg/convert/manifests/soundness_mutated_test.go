package manifests

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// everyMutation is how many mutations are left out for one that is tried.
const everyMutation = 400

// TestSoundnessOfMutations changes, removes and adds one value of the made inputs at a
// time: the report stays true and explains every difference, and no pods are replaced.
// KGEN_MUTATIONS=1 tries all.
func TestSoundnessOfMutations(t *testing.T) {
	step, first := everyMutation, 0
	if all, err := strconv.Atoi(os.Getenv("KGEN_MUTATIONS")); err == nil {
		step = max(1, all)
	}
	if at, err := strconv.Atoi(os.Getenv("KGEN_MUTATIONS_FROM")); err == nil {
		first = at
	}
	inputs := madeInputs(t)
	n := 0
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		var docs []any
		for _, d := range documentsIn(inputs[name]) {
			docs = append(docs, d.value)
		}
		eachMutation(docs, func(what string) {
			if n++; n%step != first%step {
				return
			}
			var text strings.Builder
			for _, d := range docs {
				data, err := yaml.Marshal(d)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&text, "---\n%s", data)
			}
			for _, lie := range append(lies(t, text.String()), replacedPods(t, text.String())...) {
				t.Errorf("%s, %s: %s", name, what, lie)
			}
		})
	}
}

// eachMutation calls do with the documents mutated in one place after the other.
func eachMutation(docs []any, do func(what string)) {
	for i := range docs {
		mutate(docs[i], func(v any) { docs[i] = v }, "", do)
	}
}

// mutate changes what is in a value, one place at a time; set puts another in its place.
func mutate(value any, set func(any), at string, do func(what string)) {
	try := func(other any, how string) {
		set(other)
		do(how + " " + at)
		set(value)
	}
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			inner := v[key]
			delete(v, key)
			do("without " + at + "." + key)
			v[key] = inner
			mutate(inner, func(other any) { v[key] = other }, at+"."+key, do)
		}
		v["added"] = "value"
		do("added to " + at)
		delete(v, "added")
	case []any:
		for i := range v {
			mutate(v[i], func(other any) { v[i] = other }, fmt.Sprintf("%s[%d]", at, i), do)
		}
		if len(v) > 0 {
			try(append(slices.Clone(v), v[0]), "one twice in")
			try(v[:len(v)-1], "one less in")
		}
		if len(v) > 1 {
			turned := slices.Clone(v)
			slices.Reverse(turned)
			try(turned, "turned")
		}
	case string:
		try(v+"x", "changed")
		try("", "nothing in")
		try(5, "a number in")
	case float64, int64:
		try(7777, "changed")
		try("text", "a text in")
	case bool:
		try(!v, "changed")
	}
}
