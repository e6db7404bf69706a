package read

import "github.com/kgen-dev/kgen/schema"

// What is found in foreign documents.
const (
	// Undecodable is the id of a document that is no YAML or JSON, as kubectl and
	// the API server read it.
	Undecodable = "api/decode"
	// DuplicateField is the id of a key that stands twice in a map.
	DuplicateField = "api/duplicate-field"
)

// ids are the ids of what may be found in a file.
type ids struct {
	file      string // it cannot be read at all
	syntax    string
	value     string // a value that nobody can take
	duplicate string // a key is there twice
}

var (
	serviceIDs  = ids{schema.BadFile, schema.Syntax, schema.InvalidValue, schema.Syntax}
	manifestIDs = ids{Undecodable, Undecodable, Undecodable, DuplicateField}
)
