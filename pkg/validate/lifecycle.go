package validate

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// lifecycle says whether the release serves a kind, and how long it will. What is
// in no release is served as far as is known.
func (j *Judge) lifecycle(apiVersion, kind string) (problems []Problem, served bool) {
	life, known := versions.LifecycleOf(apiVersion, kind)
	if !known {
		return nil, true
	}
	minor := j.release.Minor
	p := Problem{Severity: report.Error, Field: "apiVersion", Path: tree.P("apiVersion")}
	switch {
	case life.Introduced > minor:
		p.ID, p.Message = TooNew, fmt.Sprintf("%s of %s is not served yet: it came with Kubernetes 1.%d", kind, apiVersion, life.Introduced)
		if older := versions.Served(kind, apiVersion, minor); older != "" {
			p.Fix = "write apiVersion: " + older
		}
	case life.Removed != 0 && life.Removed <= minor:
		p.ID, p.Message = Removed, fmt.Sprintf("%s of %s is no longer served: it is gone since Kubernetes 1.%d", kind, apiVersion, life.Removed)
		p.Fix = use(versions.Replacement(apiVersion, kind, minor))
	case life.Deprecated != 0 && life.Deprecated <= minor:
		p.Severity, p.ID = report.Warning, Deprecated
		p.Message = fmt.Sprintf("%s of %s is deprecated since Kubernetes 1.%d", kind, apiVersion, life.Deprecated)
		if life.Removed != 0 {
			p.Message += fmt.Sprintf(", and gone with 1.%d", life.Removed)
		}
		p.Fix = use(versions.Replacement(apiVersion, kind, minor))
		return []Problem{p}, true
	default:
		return nil, true
	}
	return []Problem{p}, false
}

func use(replacement string) string {
	if replacement == "" {
		return ""
	}
	return "use " + replacement
}

// Untyped judges a manifest of a kind without rules in Go: a custom resource, a kind
// that the server has and kgen does not judge, or one that nobody knows.
func (j *Judge) Untyped(n *tree.Node) []Problem {
	apiVersion, kind := textAt(n, "apiVersion"), textAt(n, "kind")
	if j.schemas.Handles(apiVersion, kind) {
		return j.custom(n, apiVersion, kind)
	}
	problems, served := j.lifecycle(apiVersion, kind)
	if !served {
		return problems
	}
	if _, isBuiltIn := versions.LifecycleOf(apiVersion, kind); isBuiltIn {
		return append(problems, shapeOf(n, apiVersion, kind)...)
	}
	return append(problems, j.unserved(n, apiVersion, kind))
}

// unserved is what to say of a kind that is neither of Kubernetes nor of a CRD.
func (j *Judge) unserved(n *tree.Node, apiVersion, kind string) Problem {
	group := manifest.GroupOf(apiVersion)
	p := Problem{Severity: report.Error, ID: UnknownKind, Field: "kind", Path: tree.P("kind")}
	if served := j.schemas.Versions(group, kind); len(served) > 0 {
		p.Path = tree.P("apiVersion")
		p.Message = fmt.Sprintf("%s of %s is not served%s", kind, apiVersion, suggest.Hint(apiVersion, served))
		p.Fix = "its CRD serves " + strings.Join(served, ", ")
		return p
	}
	if tool := toolOf(n, apiVersion, kind); tool != "" {
		p.ID, p.Message = NoObject, fmt.Sprintf("%s of %s is a file for %s, no object of a cluster", kind, apiVersion, tool)
		return p
	}
	if isMeasured(group) {
		p.ID, p.Message = Forbidden, fmt.Sprintf("%s of %s is measured: nobody creates it", kind, apiVersion)
		p.Fix = "leave it out"
		return p
	}
	if hint, isBuiltIn := versions.Nearest(apiVersion, kind); isBuiltIn {
		p.Message = fmt.Sprintf("Kubernetes has no %s of %s%s", kind, apiVersion, hint)
		return p
	}
	return unchecked(apiVersion, kind, "no schema of it is here"+suggest.Hint(kind, j.schemas.Kinds(group)), "give its CRD with --crd")
}

// custom judges a custom resource by its CRD.
func (j *Judge) custom(n *tree.Node, apiVersion, kind string) []Problem {
	verdict := j.schemas.Create(n)
	if verdict.IsRefused { // why is told at the CRD
		return []Problem{unchecked(apiVersion, kind, "its CRD is refused", "mend the CRD")}
	}
	errs := verdict.Errors
	if len(errs) > 1 { // that it gave up on CEL says nothing that the others do not
		errs = slices.DeleteFunc(errs, func(e *field.Error) bool {
			return strings.HasPrefix(e.Detail, "some validation rules were not checked")
		})
	}
	return besides(n, verdict.Mistakes, fromVerdict(errs, verdict.Warnings, custom.PlaceInObject))
}

// isClusterScoped reports whether objects of o's kind belong to no namespace.
func (j *Judge) isClusterScoped(o *manifest.Object) bool {
	if kind := manifest.KindOf(o.APIVersion, o.Kind); kind != nil {
		return kind.ClusterScoped
	}
	if o.APIVersion == crdVersion && o.Kind == crdKind {
		return true
	}
	isNamespaced, known := j.schemas.IsNamespaced(manifest.GroupOf(o.APIVersion), o.Kind)
	return known && !isNamespaced
}
