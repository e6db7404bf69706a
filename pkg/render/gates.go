package render

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// impossibleGates reports, where kgen.cue says it, that the release cannot have a
// feature gate so: it is locked, or not there yet.
func (r *renderer) impossibleGates(err error) []report.Finding {
	author := r.projectAuthor(&report.Sink{})
	at := tree.P("featureGates")
	for _, g := range r.environment.World.FeatureGates {
		if strings.Contains(err.Error(), g.Key) {
			at = at.With(g.Key)
			break
		}
	}
	author.sink.ErrorAt(author.inProject(at), schema.KubernetesVersion, at, "%v", err)
	return author.sink.Findings
}
