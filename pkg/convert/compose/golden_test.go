package compose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/convert"
)

const want = "want.txt"

// TestGolden converts made projects: the report with what is kept, and every file that is
// written, are as want.txt has them. KGEN_UPDATE=1 writes it.
func TestGolden(t *testing.T) {
	dirs, err := filepath.Glob("testdata/golden/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no projects", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Chdir(dir)
			got := printed(t, goldenOptions(t))
			if again := printed(t, goldenOptions(t)); again != got {
				t.Error("the second run differs:\n", cmp.Diff(got, again))
			}
			if os.Getenv("KGEN_UPDATE") == "1" {
				if err := os.WriteFile(want, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			data, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(data), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// goldenOptions are compose.yaml, over.yaml over it where that is there, the profiles of
// profiles.txt and the sizes of sizes.txt, in which * is that of all volumes.
func goldenOptions(t *testing.T) Options {
	o := Options{Files: []string{"compose.yaml"}, VolumeSizes: map[string]string{}}
	if isFile("over.yaml") {
		o.Files = append(o.Files, "over.yaml")
	}
	o.Profiles = lines(t, "profiles.txt")
	for _, line := range lines(t, "sizes.txt") {
		name, size, _ := strings.Cut(line, "=")
		if name == "*" {
			o.VolumeSize = size
		} else {
			o.VolumeSizes[name] = size
		}
	}
	return o
}

func lines(t *testing.T, name string) []string {
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

func printed(t *testing.T, o Options) string {
	d, err := Convert(o)
	if err != nil {
		t.Fatal(err)
	}
	d.Report.Sort()
	var b strings.Builder
	if err := (convert.Text{All: true}).Print(&b, &d.Report); err != nil {
		t.Fatal(err)
	}
	files, err := d.Tree("cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b.WriteString("-- " + f.Path + " --\n" + string(f.Data))
	}
	return b.String()
}
