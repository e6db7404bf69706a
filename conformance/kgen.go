package conformance

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// Opinion is what kgen says of a document.
type Opinion struct {
	// Unread is why the document could not be read; empty when it was.
	Unread string
	// Node is the document, and Object what is decoded from it; nil when unread.
	Node   *tree.Node
	Object manifest.Typed
	// Mistakes are what the node decoder found. There is no verdict then.
	Mistakes []tree.DecodeError
	// Fields are those of the first failing stage, sorted, each once, and Message
	// the errors of all stages.
	Fields   []string
	Message  string
	Warnings []string
	// Disabled are fields that the server drops, or whose value it does not know,
	// because a gate is off.
	Disabled []string
}

// Accepts reports whether kgen finds no error.
func (o *Opinion) Accepts() bool { return o.Unread == "" && len(o.Mistakes) == 0 && len(o.Fields) == 0 }

// Read is the object in a document, as kgen reads it.
func Read(document []byte) Opinion {
	sink := &report.Sink{}
	var nodes []*tree.Node
	read.Documents(&tree.Source{Name: "mutant.yaml"}, document, sink, func(n *tree.Node) { nodes = append(nodes, n) })
	switch {
	case len(sink.Findings) > 0:
		return Opinion{Unread: sink.Findings[0].Message}
	case len(nodes) != 1:
		return Opinion{Unread: "not one document"}
	}
	kind := manifest.KindOf(textAt(nodes[0], "apiVersion"), textAt(nodes[0], "kind"))
	if kind == nil {
		return Opinion{Unread: "not a kind that is known"}
	}
	object := kind.New()
	return Opinion{Node: nodes[0], Object: object, Mistakes: tree.Decode(nodes[0], object)}
}

// Judge is kgen's opinion of a document, by the rules alone: pkg/validate/apiserver,
// which tells the stages apart.
func Judge(document []byte) Opinion {
	o := Read(document)
	if o.Unread != "" || len(o.Mistakes) > 0 {
		return o
	}
	object, _ := o.Object.DeepCopyObject().(manifest.Typed)
	verdict := apiserver.Create(object)
	for _, e := range verdict.Errors[:verdict.FirstStage] {
		o.Fields = append(o.Fields, e.Field)
	}
	o.Fields = sorted(o.Fields)
	if len(verdict.Errors) > 0 {
		o.Message = verdict.Errors.ToAggregate().Error()
	}
	o.Warnings = verdict.Warnings
	return o
}

// JudgeAsUser is kgen's opinion as a user gets it: pkg/validate, all stages at once.
// What the server may drop without a word, where kgen finds fault, stands apart.
func JudgeAsUser(judge *validate.Judge, document []byte) Opinion {
	o := Read(document)
	if o.Unread != "" {
		return o
	}
	_, problems := judge.Node(o.Node)
	for i := range problems {
		p := &problems[i]
		switch {
		case p.Severity != report.Error:
		case p.ID == validate.DisabledField:
			o.Disabled = append(o.Disabled, p.Field)
		default:
			o.Fields = append(o.Fields, p.Field)
			o.Message += p.Field + ": " + p.Message + "\n"
		}
	}
	o.Fields = sorted(o.Fields)
	return o
}

func sorted(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

func textAt(n *tree.Node, key string) string {
	if found := n.Get(key); found != nil && found.Kind == tree.String {
		return found.Text
	}
	return ""
}
