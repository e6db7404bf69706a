package main

import (
	"bytes"
	"encoding/json"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// explanationVersion grows when what programs rely on changes; new fields do not count.
const explanationVersion = 1

type explanationJSON struct {
	Version int         `json:"version"`
	Service string      `json:"service"`
	Field   string      `json:"field,omitempty"`
	Values  []valueJSON `json:"values,omitempty"`
	Layers  []layerJSON `json:"layers,omitempty"`
	Absent  []placeJSON `json:"absent,omitempty"`
}

// valueJSON is what a field comes to; environments is left out in a project without.
type valueJSON struct {
	Field        string          `json:"field"`
	Environments []string        `json:"environments,omitempty"`
	IsSet        bool            `json:"isSet"`
	Value        json.RawMessage `json:"value"`
	Default      *defaultJSON    `json:"default,omitempty"`
	Layers       []stepJSON      `json:"layers"` // the one in effect first
}

type defaultJSON struct {
	IsInEffect bool   `json:"isInEffect"`
	Value      string `json:"value"`
	Why        string `json:"why"`
	Decline    string `json:"decline,omitempty"`
}

type placeJSON struct {
	Environment string `json:"environment,omitempty"`
	File        string `json:"file"`
	Line        int32  `json:"line"`
	Column      int32  `json:"column"`
}

type stepJSON struct {
	Layer string `json:"layer"`
	placeJSON
	Effect string          `json:"effect"` // sets, removes, removes nothing, takes its place
	By     string          `json:"by,omitempty"`
	Value  json.RawMessage `json:"value"`
}

type layerJSON struct {
	Environments []string `json:"environments,omitempty"`
	Layer        string   `json:"layer"`
	placeJSON
	Fields []string `json:"fields"`
}

var effectNames = [...]string{load.Sets: "sets", load.Merges: "sets", load.Removes: "removes", load.Idle: "removes nothing", load.Drops: "takes its place"}

// json is the explanation for programs.
func (x *explanation) json() ([]byte, error) {
	doc := explanationJSON{Version: explanationVersion, Service: x.Service, Field: x.Field}
	for _, f := range x.Fields {
		for i := range f.values {
			doc.Values = append(doc.Values, f.values[i].json(f.path))
		}
	}
	for _, l := range x.Layers {
		doc.Layers = append(doc.Layers, layerJSON{named(l.environments), l.title, placeOf("", l.pos), orEmpty(l.fields)})
	}
	for _, a := range x.Absent {
		doc.Absent = append(doc.Absent, placeOf(a.environment, a.pos))
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(doc)
	return b.Bytes(), err
}

func (v *valueIn) json(at tree.Path) valueJSON {
	j := valueJSON{Field: at.String(), Environments: named(v.environments), IsSet: v.Node != nil, Value: rawJSON(v.shown), Layers: []stepJSON{}}
	if d := v.Default; d != nil {
		j.Default = &defaultJSON{v.IsDefault, v.DefaultText(), d.Why, d.Decline}
	}
	for i := len(v.steps) - 1; i >= 0; i-- {
		s := &v.steps[i]
		j.Layers = append(j.Layers, stepJSON{layerTitle(s.Layer), placeOf("", s.Pos), effectNames[s.Effect], s.By.String(), rawJSON(s.shown)})
	}
	return j
}

func placeOf(environment string, pos tree.Pos) placeJSON {
	return placeJSON{environment, pos.File(), pos.Line, pos.Col}
}

func rawJSON(n *tree.Node) json.RawMessage {
	if n == nil {
		return json.RawMessage("null")
	}
	return n.AppendJSON(nil)
}

// named leaves out the one environment without a name.
func named(environments []string) []string {
	if len(environments) == 1 && environments[0] == "" {
		return nil
	}
	return environments
}
