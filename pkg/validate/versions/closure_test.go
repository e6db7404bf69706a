package versions

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// closure is what the facts know of the definitions of each release.
type closure struct {
	D []schema                  `json:"d"`
	V map[string]map[string]int `json:"v"`
}

type schema struct {
	Ref                  string            `json:"$ref"`
	AllOf                []schema          `json:"allOf"`
	Items                *schema           `json:"items"`
	Properties           map[string]schema `json:"properties"`
	AdditionalProperties *schema           `json:"additionalProperties"`
}

// readClosure skips the test when the facts are not here.
func readClosure(t *testing.T) *closure {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "openapi-closure-1.29-1.36.json.gz"))
	if err != nil {
		t.Skip("no facts beside the repository")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var c closure
	if err := json.NewDecoder(z).Decode(&c); err != nil {
		t.Fatal(err)
	}
	return &c
}

// resolve follows references in a release.
func (c *closure) resolve(s *schema, minor int) *schema {
	for s != nil && (s.Ref != "" || len(s.AllOf) > 0) {
		if s.Ref == "" {
			s = &s.AllOf[0]
			continue
		}
		name := s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		index, found := c.V[fmt.Sprintf("1.%d", minor)][name]
		if !found {
			return nil
		}
		s = &c.D[index]
	}
	return s
}

// unknown adds the paths of value that a release has no property for.
func (c *closure) unknown(value any, s *schema, minor int, at tree.Path, found *[]string) {
	s = c.resolve(s, minor)
	switch value := value.(type) {
	case map[string]any:
		if s == nil || len(s.Properties) == 0 && s.AdditionalProperties == nil {
			return // any object
		}
		for _, name := range slices.Sorted(maps.Keys(value)) {
			next := s.AdditionalProperties
			if property, exists := s.Properties[name]; exists {
				next = &property
			}
			if next == nil {
				*found = append(*found, at.With(name).String())
				continue
			}
			c.unknown(value[name], next, minor, at.With(name), found)
		}
	case []any:
		for i := range value {
			if s != nil {
				c.unknown(value[i], s.Items, minor, at.With(i), found)
			}
		}
	}
}

// TestFieldsAgainstTheReleases: of objects that have everything, exactly those
// fields are unknown to a release that its OpenAPI lacks.
func TestFieldsAgainstTheReleases(t *testing.T) {
	c := readClosure(t)
	for name, obj := range roots() {
		value := asJSON(t, obj)
		for minor := Oldest; minor <= Newest; minor++ {
			root := &schema{Ref: "/io.k8s.api." + strings.ReplaceAll(name, "/", ".")}
			if c.resolve(root, minor) == nil {
				t.Fatalf("%s: no definition", name)
			}
			var want []string
			c.unknown(value, root, minor, nil, &want)
			got := pathsOf(Fields(obj, minor, allGates()), func(u Unavailable) bool { return u.Effect == Unknown })
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s in 1.%d (-want +got):\n%s", name, minor, diff)
			}
		}
	}
}
