package compose

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDraft makes a project of 500 services that reach each other, one of which has
// a mistake.
func BenchmarkDraft(b *testing.B) {
	var text strings.Builder
	text.WriteString("services:\n")
	for i := range 500 {
		fmt.Fprintf(&text, "  s%d:\n    image: nginx:1.27\n    ports: ['80']\n    volumes: ['d%d:/data']\n", i, i)
		fmt.Fprintf(&text, "    environment: {NEXT: 'http://s%d:80', DB_PASSWORD: hunter%dx}\n", (i+1)%500, i)
		text.WriteString("    healthcheck: {test: curl -f http://localhost/}\n")
	}
	text.WriteString("  wrong: {image: 'nginx:1.27', expose: [{a: b}]}\nvolumes:\n")
	for i := range 500 {
		fmt.Fprintf(&text, "  d%d:\n", i)
	}
	for b.Loop() {
		if _, err := draft(Options{Files: []string{"-"}, Stdin: strings.NewReader(text.String()), VolumeSize: "1Gi"}); err != nil {
			b.Fatal(err)
		}
	}
}
