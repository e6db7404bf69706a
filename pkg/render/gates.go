package render

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/schema"
)

// impossibleGates reports, where kgen.cue says them, the feature gates that the
// release cannot have so: they are locked, or not there yet. err is what became of
// all of them together.
func (r *renderer) impossibleGates(err error) []report.Finding {
	author := r.projectAuthor(&report.Sink{})
	release := releaseOf(r.environment.World)
	for _, g := range r.environment.World.FeatureGates {
		if reason := apiserver.Refusal(release.Minor, g.Key, g.Value); reason != "" {
			at := tree.P("featureGates", g.Key)
			author.sink.ErrorAt(author.inProject(at), schema.KubernetesVersion, at, "the feature gate cannot be %v: %s", g.Value, reason).
				Fix = "remove it, or move it to the environments whose release can have it so"
		}
	}
	if len(author.sink.Findings) == 0 {
		at := tree.P("featureGates")
		author.sink.ErrorAt(author.inProject(at), schema.KubernetesVersion, at, "%v", err)
	}
	return author.sink.Findings
}
