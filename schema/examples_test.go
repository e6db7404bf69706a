package schema_test

import (
	"testing"

	"cuelang.org/go/cue/errors"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// TestExamples demands that CUE takes the long form of every example, as merged
// service and as written one.
func TestExamples(t *testing.T) {
	result, err := load.Load(load.Options{Paths: []string{"../examples/..."}})
	if err != nil {
		t.Fatal(err)
	}
	if report.HasErrors(result.Findings) {
		t.Error(result.Findings)
	}
	verdicts, count := schema.NewVerdicts(t), 0
	for _, project := range result.Projects {
		for _, environment := range project.Environments {
			for _, service := range environment.Services {
				root := service.Tree()
				if root == nil {
					t.Errorf("%s %s: the tree cannot be read again", project.Dir, service.Name)
					continue
				}
				if project.Org != nil { // which judges its own fields
					root = root.Without(project.Org.Fields...)
				}
				count++
				if err := verdicts.Merged(root); err != nil {
					t.Errorf("%s %s: #Merged: %s", project.Dir, service.Name, errors.Details(err, nil))
				}
				if err := verdicts.People(root); err != nil {
					t.Errorf("%s %s: #Service: %s", project.Dir, service.Name, errors.Details(err, nil))
				}
			}
		}
	}
	if count == 0 {
		t.Error("there are no examples")
	}
}
