// Package jsonschema says in JSON Schema what services, kgen.cue and .kgen.yaml may
// hold, for editors that complete and explain YAML and JSON as people type.
//
// It is made from the same table that kgen judges by, and never refuses what kgen
// takes. What only the whole project can tell, which ports there are or whether two
// fields exclude each other, it leaves to kgen.
package jsonschema

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Draft is the version of JSON Schema, the newest that yaml-language-server and most
// editors know in full.
const Draft = "http://json-schema.org/draft-07/schema#"

// A Schema is a JSON Schema, or a part of one. A keyword that is not set is left out.
type Schema struct {
	Schema      string `json:"$schema,omitempty"`
	Comment     string `json:"$comment,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	// MarkdownDescription is what editors show instead of Description, if they can.
	MarkdownDescription string `json:"markdownDescription,omitempty"`

	Ref   string    `json:"$ref,omitempty"`
	AllOf []*Schema `json:"allOf,omitempty"`
	AnyOf []*Schema `json:"anyOf,omitempty"`

	Type     []string `json:"type,omitempty"`
	Const    any      `json:"const,omitempty"`
	Enum     []any    `json:"enum,omitempty"`
	Minimum  *int64   `json:"minimum,omitempty"`
	Maximum  *int64   `json:"maximum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
	Examples []any    `json:"examples,omitempty"`

	Required   []string           `json:"required,omitempty"`
	Properties map[string]*Schema `json:"properties,omitempty"`
	// AdditionalProperties is a *Schema, or false.
	AdditionalProperties any     `json:"additionalProperties,omitempty"`
	Items                *Schema `json:"items,omitempty"`

	Definitions map[string]*Schema `json:"definitions,omitempty"`
}

// JSON is s as a file: indented, keys in a fixed order, a line break at the end.
func (s *Schema) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("encode the JSON Schema: %w", err)
	}
	return b.Bytes(), nil
}
