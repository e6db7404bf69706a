package conformance

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/runtime"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	"github.com/kgen-dev/kgen/conformance/mutant"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestDecoding demands that kgen's decoder of YAML nodes takes what the server's
// decoder takes of the JSON that kubectl makes, and reads the same object.
func TestDecoding(t *testing.T) {
	server := newServer(t)
	strict := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, legacyscheme.Scheme, legacyscheme.Scheme, serializer.SerializerOptions{Strict: true})
	var found differences
	made := eachMutant(t, server, mutants(t), func(m *mutant.Mutant) {
		object, err := decode(strict, m.Text)
		opinion := Read(m.Text)
		refused := opinion.Unread != "" || len(opinion.Mistakes) > 0
		verdicts := fmt.Sprintf("  server: %v\n  kgen:   %s%v", err, opinion.Unread, opinion.Mistakes)
		switch {
		case runtime.IsStrictDecodingError(err) && opinion.Unread == "" && !sameUnknown(unknownOf(err), unknown(opinion.Mistakes)):
			found.add("other unknown fields", describe(m, verdicts))
		case err != nil && !refused:
			found.add("false accept: "+literal.ReplaceAllString(cut(err.Error(), 150), "_"), describe(m, verdicts))
		case err == nil && refused:
			found.add("false reject: "+why(&opinion), describe(m, verdicts))
		case err == nil && !apiequality.Semantic.DeepEqual(withoutOrder(object), withoutOrder(opinion.Object)):
			found.add("another object, by "+m.Steps[len(m.Steps)-1].Class, describe(m, cmp.Diff(object, opinion.Object)))
		}
	})
	found.report(t, made)
}

// decode reads a document as kubectl and the server do.
func decode(strict runtime.Decoder, document []byte) (runtime.Object, error) {
	body, err := send(document)
	if err != nil {
		return nil, err
	}
	object, _, err := strict.Decode(body, nil, nil)
	return object, err
}

var unknownField = regexp.MustCompile(`unknown field ("(?:[^"\\]|\\.)*")`)

// tells is how many unknown fields the server tells of at most.
const tells = 100

func sameUnknown(server, kgen []string) bool {
	if len(server) == tells {
		return len(without(server, kgen)) == 0
	}
	return slices.Equal(server, kgen)
}

// unknownOf are the fields that the server does not know.
func unknownOf(err error) (fields []string) {
	for _, match := range unknownField.FindAllStringSubmatch(err.Error(), -1) {
		if path, err := strconv.Unquote(match[1]); err == nil {
			fields = append(fields, path)
		}
	}
	return sorted(fields)
}

// unknown are those that kgen does not know.
func unknown(mistakes []tree.DecodeError) (fields []string) {
	for i := range mistakes {
		if mistakes[i].Kind == tree.UnknownField {
			fields = append(fields, plainPath(mistakes[i].Path))
		}
	}
	return sorted(fields)
}

// plainPath is a path as the server's decoder writes it: any key after a dot.
func plainPath(path tree.Path) string {
	var b strings.Builder
	for _, step := range path {
		if i, ok := step.(int); ok {
			fmt.Fprintf(&b, "[%d]", i)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		fmt.Fprint(&b, step)
	}
	return b.String()
}

// withoutOrder is an object whose raw JSON, if it has any, has its keys sorted.
func withoutOrder(object runtime.Object) runtime.Object {
	revision, ok := object.(*appsv1.ControllerRevision)
	if !ok || revision.Data.Raw == nil {
		return object
	}
	revision = revision.DeepCopy()
	var data any
	if json.Unmarshal(revision.Data.Raw, &data) == nil {
		revision.Data.Raw, _ = json.Marshal(data)
	}
	return revision
}
