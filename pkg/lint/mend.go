package lint

import (
	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
)

// Mend is an edit that mends a finding.
type Mend struct {
	Finding report.Finding
	Object  *Object
	Edit    fix.Edit
}

// Mends are those of all that Lint found and the ignores did not leave out, with those
// of findings that the API server's verdict stands for.
func (s *Settings) Mends() []Mend { return s.mends }
