package conformance

import (
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Stage is where in the server an object failed.
type Stage string

// The stages, in the server's order.
const (
	Accepted  Stage = ""
	Parsing   Stage = "parsing"   // the document is no YAML, on the client's side
	Decoding  Stage = "decoding"  // the handler cannot read the object
	Admission Stage = "admission" // a plugin refuses it
	Invalid   Stage = "invalid"   // allocation and validation
	Storing   Stage = "storing"   // anything else
	Panicking Stage = "panicking" // the server's own mistake, which it answers with a 500
)

// Answer is what the server says of a document.
type Answer struct {
	Stage    Stage
	Fields   []string // that are at fault in the stage, sorted, each once
	Message  string
	Warnings []string // sorted
}

// answerOf is the answer in what the handler replied.
func answerOf(status *metav1.Status) Answer {
	switch status.Reason {
	case reasonStored:
		return Answer{}
	case metav1.StatusReasonBadRequest:
		return Answer{Stage: Decoding, Message: status.Message}
	case metav1.StatusReasonForbidden:
		return Answer{Stage: Admission, Message: status.Message}
	case metav1.StatusReasonInvalid:
		answer := Answer{Stage: Invalid, Message: status.Message}
		for _, cause := range status.Details.Causes {
			answer.Fields = append(answer.Fields, cause.Field)
		}
		slices.Sort(answer.Fields)
		answer.Fields = slices.Compact(answer.Fields)
		return answer
	}
	return Answer{Stage: Storing, Message: status.Message}
}

// warnings are those that the server sends with its answer.
type warnings struct{ texts []string }

// AddWarning takes a warning.
func (w *warnings) AddWarning(_, text string) { w.texts = append(w.texts, text) }
