package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// closure is the file of definitions: v has, for each release, the index in d of
// each definition.
type closure struct {
	D []struct {
		Properties map[string]json.RawMessage `json:"properties"`
	} `json:"d"`
	V map[string]map[string]int `json:"v"`
}

func readClosure(data string) (*closure, error) {
	f, err := os.Open(filepath.Join(data, "openapi-closure-1.29-1.36.json.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	var c closure
	if err := json.NewDecoder(z).Decode(&c); err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	return &c, nil
}

// span is the releases that have something, inclusive.
type span struct{ first, last int }

func (s *span) add(minor int) {
	if s.first == 0 {
		s.first = minor
	}
	s.last = minor
}

// field is a property of a definition, by their names in the tables.
type field struct{ on, name string }

// spans returns which releases have each definition and each property.
func (c *closure) spans() (definitions map[string]*span, properties map[field]*span) {
	definitions, properties = map[string]*span{}, map[field]*span{}
	for minor := oldest; minor <= newest; minor++ {
		for name, index := range c.V[fmt.Sprintf("1.%d", minor)] {
			on := tableName(name)
			add(definitions, on, minor)
			for property := range c.D[index].Properties {
				add(properties, field{on, property}, minor)
			}
		}
	}
	return definitions, properties
}

func add[K comparable](spans map[K]*span, key K, minor int) {
	if spans[key] == nil {
		spans[key] = &span{}
	}
	spans[key].add(minor)
}

// tableName turns io.k8s.api.core.v1.Container into core/v1.Container.
func tableName(definition string) string {
	parts := strings.Split(definition, ".")
	if len(parts) < 3 {
		return definition
	}
	last := parts[len(parts)-3:]
	return last[0] + "/" + last[1] + "." + last[2]
}

// fieldTable writes what differs between the releases. Of a definition that is not
// in all of them only what came or went after it counts: nothing older leads there.
func fieldTable(data string, out *bytes.Buffer) error {
	c, err := readClosure(data)
	if err != nil {
		return err
	}
	definitions, properties := c.spans()
	lives := map[field]span{}
	for f, s := range properties {
		d := definitions[f.on]
		if d.last < newest {
			continue // no Go type has it
		}
		var l span
		if s.first > d.first {
			l.first = s.first
		}
		if s.last < d.last {
			l.last = s.last
		}
		if l != (span{}) {
			lives[f] = l
		}
	}
	if err := addHistory(data, definitions, lives); err != nil {
		return err
	}
	printFields(lives, out)
	return nil
}

func printFields(lives map[field]span, out *bytes.Buffer) {
	var all []field
	for f := range lives {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b field) int { return strings.Compare(a.on+" "+a.name, b.on+" "+b.name) })
	out.WriteString("// fieldLives are sorted by type, then field.\nvar fieldLives = []fieldLife{\n")
	for _, f := range all {
		fmt.Fprintf(out, "{%q, %q, %d, %d},\n", f.on, f.name, lives[f].first, lives[f].last)
	}
	out.WriteString("}\n")
}
