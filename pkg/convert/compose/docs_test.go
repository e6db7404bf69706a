package compose

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
)

// TestDocumentedKeys demands that docs/import.md has every key of a service.
func TestDocumentedKeys(t *testing.T) {
	data, err := os.ReadFile("../../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "| Key of a service |")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, path := range keyPaths(reflect.TypeFor[types.ServiceConfig](), "services.*") {
		key := strings.TrimPrefix(path, "services.*.")
		parent, _, isNested := strings.Cut(key, ".")
		if isNested && (parent != "deploy" || strings.Count(key, ".") > 1) || key == "deploy" {
			continue
		}
		if !strings.Contains(table, "`"+key+"`") {
			t.Errorf("the table has no %s", key)
		}
	}
}
