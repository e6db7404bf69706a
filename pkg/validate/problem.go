package validate

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// The ids of what the API server says. Errors of validation have one for each
// type of k8s.io/apimachinery's field.Error.
const (
	Syntax          = "api/decode"           // no YAML or JSON, or a value of the wrong type
	DuplicateField  = "api/duplicate-field"  // one key twice in a map
	UnknownField    = "api/unknown-field"    // no release, or not this one, has the field
	DisabledField   = "api/disabled-field"   // its feature gate is off: the server drops it
	UnknownKind     = "api/unknown-kind"     // no such kind, or none that kgen has a schema of
	Removed         = "api/removed"          // the API version is no longer served
	TooNew          = "api/too-new"          // the API version is not served yet
	Deprecated      = "api/deprecated"       // served, but not for ever
	ServerWarning   = "api/warning"          // the server accepts it, and warns
	Required        = "api/required"         // a value is missing
	Invalid         = "api/invalid"          // a value breaks a rule
	NotSupported    = "api/not-supported"    // a value is none of those allowed
	Forbidden       = "api/forbidden"        // a value has no place here
	Duplicate       = "api/duplicate"        // one of a kind stands twice in a list
	NotFound        = "api/not-found"        // a name refers to nothing in the object
	TooLong         = "api/too-long"         // too many bytes
	TooMany         = "api/too-many"         // too many elements
	Internal        = "api/internal"         // the server's code gave up
	DuplicateObject = "api/duplicate-object" // two objects of one kind, namespace and name
	NoObject        = "api/no-object"        // a document that is no Kubernetes object
)

// Problem is one thing that the API server says of an object.
type Problem struct {
	Severity report.Severity
	ID       string
	// Field is the path as the server writes it, which is that of its internal
	// types: spec.template.spec.HostPID. Empty for the object as a whole.
	Field   string
	Message string // in the server's words
	Fix     string // may be empty
	// Path, where known, is the path as the manifest has it; else Field tells.
	Path tree.Path
	// near, where set, is a path in the server's writing that leads nearer to the
	// place than Field.
	near string
	// entry, where set, is what the server speaks of in the map that Field names.
	entry *entry
}

// ids are the ids of the server's error types.
var ids = map[field.ErrorType]string{
	field.ErrorTypeRequired:     Required,
	field.ErrorTypeInvalid:      Invalid,
	field.ErrorTypeTypeInvalid:  Invalid,
	field.ErrorTypeNotSupported: NotSupported,
	field.ErrorTypeForbidden:    Forbidden,
	field.ErrorTypeDuplicate:    Duplicate,
	field.ErrorTypeNotFound:     NotFound,
	field.ErrorTypeTooLong:      TooLong,
	field.ErrorTypeTooMany:      TooMany,
	field.ErrorTypeInternal:     Internal,
}

// fromServer is an error of the server's validation.
func fromServer(e *field.Error) Problem {
	p := Problem{Severity: report.Error, ID: ids[e.Type], Field: e.Field, Message: e.ErrorBody(), Fix: fixFor(e)}
	if p.ID == "" {
		p.ID = Invalid
	}
	if strings.HasPrefix(e.Detail, "hostNetwork must be true if pod contains any hostProcess") {
		p.near = strings.TrimSuffix(e.Field, "hostNetwork") + "securityContext.windowsOptions.hostProcess"
	}
	// Nobody wrote the UID, and no server would draw this one.
	p.Message = strings.ReplaceAll(p.Message, apiserver.NewUID, "UID")
	if text, isText := e.BadValue.(string); isText {
		p.entry = &entry{text: text}
	}
	if p.Field == "<nil>" || p.Field == "[]" {
		p.Field = ""
	}
	return p
}

// fromWarning is a warning of the server, which starts with the field that it is
// about: "spec.ports[0].targetPort: ...".
func fromWarning(text string) Problem {
	p := Problem{Severity: report.Warning, ID: ServerWarning, Message: text}
	if at, rest, found := strings.Cut(text, ": "); found && strings.ContainsAny(at, ".[") && !strings.Contains(at, " ") {
		p.Field, p.Message = at, rest
	}
	return p
}
