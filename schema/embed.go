package schema

import "embed"

//go:generate env KGEN_UPDATE=1 go test -count=1 ./internal/gen

// FS holds the CUE definitions, the package kgen.dev/schema.
//
//go:embed *.cue
var FS embed.FS

// ImportPath is what CUE files import the definitions by.
const ImportPath = "kgen.dev/schema"
