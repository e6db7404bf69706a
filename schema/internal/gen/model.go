// Package gen makes the generated part of package schema from its hand-written
// definitions and from the Go types of k8s.io/api.
package gen

// A definition is one #Name of the long form. Of a struct it has the fields, of
// anything else the type.
type definition struct {
	name    string
	doc     []string
	fields  []field
	embeds  []string // definitions whose fields are fields of this one
	embedAt []int    // how many fields stand before each of them
	short   []string // declarations that only people's form has
	hint    string   // how to put right a field that does not exist
	rules   []rule
	scalar  *field
	// isNative marks a type of Kubernetes' own, of that API group and version;
	// native is what the API says of it and, by name, of its fields.
	isNative bool
	group    string
	native   map[string]string
}

// A field is a field of a struct, or what the values of a map or the elements of
// a list have in common.
type field struct {
	name         string
	doc          []string
	isRequired   bool
	typ          typ
	message      string // what a valid value looks like
	short        string // what people may write instead, in CUE
	isDeclinable bool
	isLayer      bool
	isSecret     bool
}

// A typ says what values a field takes.
type typ struct {
	source  string // in CUE, where it is neither a struct nor a map nor a list
	kinds   []string
	bounds  *bounds
	pattern string
	ref     string // the definition of the struct
	each    *field // of the values of a map
	element *field // of the elements of a list
}

// bounds are the least and the greatest integer, both allowed.
type bounds struct{ min, max int64 }

// A rule forbids that field left is greater than field right.
type rule struct {
	left, right string
	at          string // the field that is blamed
	id, message string
}
