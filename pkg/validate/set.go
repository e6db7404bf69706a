package validate

import (
	"errors"
	"maps"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/workers"
)

// Input is a file of manifests to judge, or standard input.
type Input struct {
	Name string // as messages name it
	// One of these has the manifests: a file, a stream, which is read once, or what
	// was read of one.
	File   string
	Stream *read.Pieces
	Held   []*read.Piece
	// Release is the target. An input may come once for each of several.
	Release apiserver.Release
	// Environment, where set, names the target in findings.
	Environment string
}

// Set is the manifests of one run. Set its inputs and CRDs, then Judge, and then
// JudgeCustom.
type Set struct {
	// Strict makes documents that are no Kubernetes objects errors.
	Strict bool
	// Workers is the number of goroutines; 0 is one a processor. The result does
	// not depend on it.
	Workers int
	Inputs  []Input
	// Schemas are the CRDs known; those among the inputs are added.
	Schemas *custom.Schemas
	// Keep, where set, makes what is wanted of an object besides its verdict. It is
	// called from several goroutines.
	Keep func(*tree.Node) any

	Findings []report.Finding
	// Documents is how many were read, and Objects, how many objects were judged;
	// Skipped, how many documents are no Kubernetes objects, by file.
	Documents, Objects int
	Skipped            []SkippedDocuments
	// Empty are the files with nothing in them.
	Empty []string
	// Kept is what Keep made, by input, in the order of the objects, custom resources
	// last. An input for another target is left out.
	Kept [][]any

	outcomes []outcome // of each input
}

// SkippedDocuments counts the documents of a file that are no Kubernetes objects.
type SkippedDocuments struct {
	File  string
	Count int
}

// Judge judges all inputs but the custom resources in them, and adds their CRDs to
// the schemas. The error is about what could not be read; all else is judged all
// the same. JudgeCustom has to follow.
func (s *Set) Judge() error {
	s.outcomes = make([]outcome, len(s.Inputs))
	all := make([]int, len(s.Inputs))
	for i := range all {
		all[i] = i
	}
	s.pass(all, false)
	for i := range s.outcomes {
		for _, n := range s.outcomes[i].crds {
			s.outcomes[i].findings = append(s.outcomes[i].findings, TrustCRD(s.Schemas, n, custom.Origin{})...)
		}
		s.outcomes[i].crds = nil
	}
	var errs []error
	for i := range s.outcomes {
		errs = append(errs, s.outcomes[i].err)
	}
	return errors.Join(errs...)
}

// JudgeCustom judges the custom resources, by all CRDs that are known by now, and
// brings together what was found.
func (s *Set) JudgeCustom() {
	var pending []int
	for i := range s.outcomes {
		if s.outcomes[i].hasCustom {
			pending = append(pending, i)
		}
	}
	s.pass(pending, true)
	s.collect()
}

// pass reads inputs, release by release, and judges either the custom resources
// in them or all else.
func (s *Set) pass(inputs []int, customs bool) {
	for _, group := range s.byRelease(inputs) {
		release := s.Inputs[group[0]].Release
		judgeAll := func(j *Judge) {
			workers.Each(len(group), workers.Count(s.Workers), func(_, i int) {
				r := inputReader{
					judge: j, strict: s.Strict, keep: s.Keep, customs: customs, workers: workers.Count(s.Workers),
					in: &s.Inputs[group[i]], out: &s.outcomes[group[i]],
				}
				r.read()
			})
		}
		// Gates that the release cannot have are the mistake of who set them; the
		// manifests are judged without.
		if err := Under(release, s.Schemas, judgeAll); err != nil {
			release.Gates = nil
			_ = Under(release, s.Schemas, judgeAll)
		}
	}
}

func (s *Set) byRelease(inputs []int) (groups [][]int) {
	for _, i := range inputs {
		at := slices.IndexFunc(groups, func(group []int) bool { return areEqual(s.Inputs[group[0]].Release, s.Inputs[i].Release) })
		if at < 0 {
			groups = append(groups, []int{i})
			continue
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

func areEqual(a, b apiserver.Release) bool { return a.Minor == b.Minor && maps.Equal(a.Gates, b.Gates) }

// collect brings the outcomes together, in the order of the inputs.
func (s *Set) collect() {
	index := newIndex()
	counted := map[string]bool{}
	s.Kept = make([][]any, len(s.outcomes))
	for i := range s.outcomes {
		o := &s.outcomes[i]
		for _, found := range [][]report.Finding{o.unread.Findings, o.judged.Findings, o.findings} {
			s.Findings = append(s.Findings, report.InEnvironment(s.Inputs[i].Environment, found)...)
		}
		if name := s.Inputs[i].Name; !counted[name] {
			counted[name] = true
			s.Documents += o.documents
			s.Objects += len(o.objects)
			index.add(o.objects)
			index.addClaims(o.claims)
			o.objects, o.claims = nil, nil
			s.Kept[i] = o.kept
			if o.isEmpty {
				s.Empty = append(s.Empty, name)
			}
			if o.skipped > 0 {
				s.Skipped = append(s.Skipped, SkippedDocuments{name, o.skipped})
			}
		}
	}
	s.Findings = append(s.Findings, index.findings...)
	s.outcomes = nil
}
