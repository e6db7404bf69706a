package validate

import (
	"maps"
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/workers"
)

// Input is a file of manifests to judge, or standard input.
type Input struct {
	Name string // as messages name it
	File string // to read; empty where Data is all
	Data []byte
	// Release is the target. An input may come once for each of several.
	Release apiserver.Release
	// Environment, where set, names the target in findings.
	Environment string
}

// Set is the manifests of one run. Add its inputs and CRDs, then Judge.
type Set struct {
	// Strict makes documents that are no Kubernetes objects errors.
	Strict bool
	// Workers is the number of goroutines; 0 is one a processor. The result does
	// not depend on it.
	Workers int
	Inputs  []Input
	// Schemas are the CRDs known; those among the inputs are added.
	Schemas *custom.Schemas

	Findings []report.Finding
	// Objects is how many objects were judged; Skipped, how many documents are no
	// Kubernetes objects, by file.
	Objects int
	Skipped []SkippedDocuments
}

// SkippedDocuments counts the documents of a file that are no Kubernetes objects.
type SkippedDocuments struct {
	File  string
	Count int
}

// Judge judges all inputs. The error is about what could not be read; all else is
// judged all the same.
func (s *Set) Judge() error {
	outcomes := make([]outcome, len(s.Inputs))
	all := make([]int, len(s.Inputs))
	for i := range all {
		all[i] = i
	}
	err := s.pass(all, outcomes, false)
	s.takeCRDs(outcomes)
	pending := slices.DeleteFunc(all, func(i int) bool { return !outcomes[i].hasCustom })
	if err == nil && len(pending) > 0 {
		err = s.pass(pending, outcomes, true)
	}
	return s.collect(outcomes, err)
}

// pass reads the inputs, release by release, and judges either the custom
// resources in them or all else.
func (s *Set) pass(inputs []int, outcomes []outcome, customs bool) error {
	var releases [][]int
	for _, i := range inputs {
		at := slices.IndexFunc(releases, func(group []int) bool { return areEqual(s.Inputs[group[0]].Release, s.Inputs[i].Release) })
		if at < 0 {
			releases = append(releases, []int{i})
			continue
		}
		releases[at] = append(releases[at], i)
	}
	for _, group := range releases {
		err := Under(s.Inputs[group[0]].Release, s.Schemas, func(j *Judge) {
			workers.Each(len(group), workers.Count(s.Workers), func(_, i int) {
				r := reading{judge: j, strict: s.Strict, customs: customs, out: &outcomes[group[i]]}
				r.read(&s.Inputs[group[i]])
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func areEqual(a, b apiserver.Release) bool { return a.Minor == b.Minor && maps.Equal(a.Gates, b.Gates) }

// takeCRDs adds the CRDs among the inputs to the schemas, in the order of the
// inputs, and reports what is wrong with them.
func (s *Set) takeCRDs(outcomes []outcome) {
	for i := range outcomes {
		for _, n := range outcomes[i].crds {
			outcomes[i].findings = append(outcomes[i].findings, AddCRD(s.Schemas, n)...)
		}
		outcomes[i].crds = nil
	}
}

// collect brings the outcomes together, in the order of the inputs.
func (s *Set) collect(outcomes []outcome, err error) error {
	index := newIndex()
	counted := map[string]bool{}
	for i := range outcomes {
		o := &outcomes[i]
		if err == nil {
			err = o.err
		}
		s.Findings = append(s.Findings, report.InEnvironment(s.Inputs[i].Environment, o.findings)...)
		if name := s.Inputs[i].Name; !counted[name] {
			counted[name] = true
			s.Objects += len(o.objects)
			index.add(o.objects)
			if o.skipped > 0 {
				s.Skipped = append(s.Skipped, SkippedDocuments{name, o.skipped})
			}
		}
	}
	s.Findings = append(s.Findings, index.findings...)
	return err
}
