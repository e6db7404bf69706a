package compose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/convert"
)

// FuzzConvert converts any text: a report and a project come out, or an error; and the
// same twice.
func FuzzConvert(f *testing.F) {
	files, err := filepath.Glob("testdata/golden/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("services: {a: {extends: {file: 3}, ports: {a: b}, volumes: [{}], command: [[1]], environment: [[]], deploy: 3}}")
	f.Add("include: 3\nservices: [a]\nvolumes: 3\nnetworks: [a]\nsecrets: {a: 1}")
	f.Fuzz(func(t *testing.T, text string) {
		t.Chdir(t.TempDir())
		for _, dir := range []string{"/dev", "/proc", "/sys", ".."} {
			if strings.Contains(text, dir) {
				return // reading there may never end
			}
		}
		o := Options{Files: []string{"-"}, Stdin: strings.NewReader(text), Profiles: []string{"*"}, VolumeSize: "1Gi"}
		d, err := draft(o)
		if err != nil {
			return
		}
		if len(d.Services) == 0 && d.Report.Count(convert.Wrong) == 0 && d.Report.Count(convert.Dropped) == 0 {
			t.Error("no services, and no word why")
		}
		for _, i := range d.Report.Items {
			if i.Outcome != convert.Kept && i.Message == "" {
				t.Errorf("%s is %s, and no word why", i.Path, i.Outcome)
			}
		}
	})
}
