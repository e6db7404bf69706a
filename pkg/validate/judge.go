// Package validate says what the API server of a Kubernetes release would say of
// a manifest on create, without one: it runs the server's own code.
package validate

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// Judge is the API server of one release. It may be used by several goroutines.
type Judge struct {
	release apiserver.Release
	schemas *custom.Schemas
}

// Under calls do with the judge of a release, which knows the custom resources of
// schemas; nil is none. Feature gates are the process's: calls wait for each other.
func Under(release apiserver.Release, schemas *custom.Schemas, do func(*Judge)) error {
	return apiserver.As(release, func() { do(&Judge{release: release, schemas: schemas}) })
}

// Typed judges an object of k8s.io/api, which it changes: the defaults are filled
// in, and what the server drops is dropped.
func (j *Judge) Typed(o manifest.Typed) []Problem {
	apiVersion, kind := o.GetObjectKind().GroupVersionKind().ToAPIVersionAndKind()
	problems, served := j.lifecycle(apiVersion, kind)
	if !served {
		return problems
	}
	problems = append(problems, j.lacking(o)...)
	lacking := len(problems)
	assumptions := assumed(o) // as it was written: Create changes o
	verdict := apiserver.Create(o)
	if len(verdict.Errors) == 0 {
		problems = append(problems, assumptions...)
	}
	for _, p := range fromVerdict(verdict.Errors, verdict.Warnings, nil) {
		isTold := slices.ContainsFunc(problems[:lacking], func(l Problem) bool { return isWithin(p.Field, l.Field) })
		if !isTold && (p.ID != ServerWarning || j.isWarned(&p)) {
			problems = append(problems, withoutSecrets(o, p))
		}
	}
	return problems
}

// lacking are the fields that o has and the release has not.
func (j *Judge) lacking(o any) (problems []Problem) {
	lacking := atMost(versions.Fields(o, j.release.Minor, j.release.Gates))
	for i := range lacking {
		problems = append(problems, unavailable(&lacking[i]))
	}
	return problems
}

// isWithin reports whether a path leads to or through the end of another.
func isWithin(path, other string) bool {
	rest, isBelow := strings.CutPrefix(path, other)
	return isBelow && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// unavailable is a field that the release does not have, or drops.
func unavailable(u *versions.Unavailable) Problem {
	p := Problem{Severity: report.Error, ID: UnknownField, Path: u.Path, Field: u.Path.String(), Message: u.Message, Fix: u.Fix}
	if u.Effect != versions.Unknown {
		p.ID = DisabledField
	}
	return p
}

// fromVerdict are the problems of a verdict; near, where it is not nil, is the
// path by which an error is placed.
func fromVerdict(errors field.ErrorList, warnings []string, near func(*field.Error) string) (problems []Problem) {
	for _, e := range atMost(errors) {
		p := fromServer(e)
		if near != nil {
			p.near = near(e)
		}
		problems = append(problems, p)
	}
	number(problems)
	for _, text := range atMost(warnings) {
		problems = append(problems, fromWarning(text))
	}
	return problems
}

// Node judges a manifest, a map with apiVersion and kind, and returns the object
// that it is, with the problems that are causes of others. The Value of a kind
// without a Go type is n itself.
func (j *Judge) Node(n *tree.Node) (*manifest.Object, []Problem) {
	if IsCRD(n) {
		return j.CRD(n)
	}
	known := manifest.KindOf(textAt(n, "apiVersion"), textAt(n, "kind"))
	if known == nil {
		object := &manifest.Object{
			APIVersion: textAt(n, "apiVersion"), Kind: textAt(n, "kind"),
			Namespace: textAt(n, "metadata", "namespace"), Name: textAt(n, "metadata", "name"), Value: n, Origin: n.Pos,
		}
		return object, Causes(n, j.Untyped(n))
	}
	value := known.New()
	mistakes := tree.Decode(n, value)
	for i := range mistakes {
		if m := &mistakes[i]; m.Kind == tree.UnknownField {
			if since, vanished := versions.Vanished(value, m.Path); vanished {
				m.Message, m.Fix = fmt.Sprintf("unknown field: it is gone since Kubernetes 1.%d", since), ""
			}
		}
	}
	value.GetObjectKind().SetGroupVersionKind(known.GroupVersionKind())
	object := manifest.Of("", n.Pos, value)
	return object, Causes(n, besides(n, mistakes, j.Typed(value)))
}

// textAt is the string at path; empty where there is none.
func textAt(n *tree.Node, path ...any) string {
	if found := n.At(path); found != nil && found.Kind == tree.String {
		return found.Text
	}
	return ""
}
