package schema

import "github.com/kgen-dev/kgen/pkg/tree"

// Render is what a service renders to beside kgen's own. The loader leaves it and Policy
// empty in a Project: they are evaluated for a service, and an object, at a time.
type Render struct {
	Service     Manifest      `json:"service,omitempty"`
	Environment string        `json:"environment,omitempty"`
	Labels      Map[string]   `json:"labels,omitempty"`
	Annotations Map[string]   `json:"annotations,omitempty"`
	Patches     []Patch       `json:"patches,omitempty"`
	Objects     Map[Manifest] `json:"objects,omitempty"`
}

// ByOrg is what the organisation, in kgen.cue, says of one service.
type ByOrg struct {
	// Fields are those of the service that #Service adds.
	Fields []tree.Field
	// Render is what it renders to beside kgen's own; nil where nothing is said.
	Render *Render
	// RenderTree has it under render, with places.
	RenderTree *tree.Node
}
