package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/schema"
)

// TestDocumentedProviders demands that docs/providers.md has the table of facts.
func TestDocumentedProviders(t *testing.T) {
	var table strings.Builder
	table.WriteString("| Provider | For | What | Why |\n| --- | --- | --- | --- |\n")
	for _, f := range schema.ProviderFacts {
		what := "nothing has to be said"
		if f.Value != "" {
			what = "`" + f.Key + ": " + f.Value + "`"
		}
		if f.Provider == "" || f.Why == "" || !strings.HasPrefix(f.Source, "https://") {
			t.Errorf("%+v lacks something", f)
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s ([source](%s)) |\n", f.Provider, f.For, what, f.Why, f.Source)
	}
	replace(t, "../../docs/providers.md", "<!-- providers -->\n", "<!-- end -->", table.String())
}
