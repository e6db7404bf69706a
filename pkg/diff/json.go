package diff

import (
	"encoding/json"
	"io"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// JSON prints for programs; docs/diff.md describes it.
type JSON struct{}

type jsonResult struct {
	Version int          `json:"version"`
	Summary jsonSummary  `json:"summary"`
	Changes []jsonChange `json:"changes"`
}

type jsonSummary struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
	Care    int `json:"care"`
	Foreign int `json:"foreign"`
}

type jsonChange struct {
	Action       Action          `json:"action"`
	Environments []string        `json:"environments"`
	APIVersion   string          `json:"apiVersion"`
	Kind         string          `json:"kind"`
	Namespace    string          `json:"namespace,omitempty"`
	Name         string          `json:"name"`
	Service      string          `json:"service,omitempty"`
	Care         []jsonCare      `json:"care"`
	Fields       []jsonField     `json:"fields"`
	Object       json.RawMessage `json:"object,omitempty"`
}

type jsonCare struct {
	ID      string `json:"id"`
	Path    string `json:"path,omitempty"`
	Message string `json:"message"`
}

type jsonField struct {
	Path     string          `json:"path"`
	Action   Action          `json:"action"`
	Old      json.RawMessage `json:"old,omitempty"`
	New      json.RawMessage `json:"new,omitempty"`
	IsHidden bool            `json:"hidden,omitempty"`
}

// Print prints the result, also where nothing changes.
func (JSON) Print(w io.Writer, r *Result) error {
	n := r.Counts()
	out := jsonResult{Version: 1, Summary: jsonSummary{n.Added, n.Changed, n.Removed, n.Care, r.Foreign}, Changes: []jsonChange{}}
	for _, c := range r.Changes {
		change := jsonChange{
			Action: c.Action, Environments: c.Environments, APIVersion: c.APIVersion, Kind: c.Kind, Namespace: c.Namespace,
			Name: c.Name, Service: c.Service, Care: []jsonCare{}, Fields: []jsonField{},
		}
		if change.Environments == nil {
			change.Environments = []string{}
		}
		for _, m := range c.Cares {
			change.Care = append(change.Care, jsonCare(m))
		}
		for i := range c.Fields {
			f := &c.Fields[i]
			field := jsonField{Path: f.Path, Action: f.Action, IsHidden: f.isHidden()}
			if !field.IsHidden {
				field.Old, field.New = raw(f.old), raw(f.new)
			}
			change.Fields = append(change.Fields, field)
		}
		if c.Action != Changed {
			change.Object = raw(c.whole)
		}
		out.Changes = append(out.Changes, change)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func raw(v *value) json.RawMessage {
	if v == nil {
		return nil
	}
	return json.RawMessage(full(v))
}

// full is a value as JSON, without what nobody wrote in it, and without the values of
// Secrets, which are null.
func full(v *value) string { return string(v.node().AppendJSON(nil)) }

func (v *value) node() *tree.Node {
	n := &tree.Node{Kind: v.kind, Text: v.text}
	if v.isSecret {
		return &tree.Node{}
	}
	for i := range v.fields {
		e := &v.fields[i]
		if v.kind == tree.Map && e.value.isDefault && !v.isDefault {
			continue
		}
		n.Fields = append(n.Fields, tree.Field{Key: e.key, Value: e.value.node()})
	}
	return n
}
