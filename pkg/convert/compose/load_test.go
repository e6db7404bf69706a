package compose

import (
	"context"
	"path/filepath"
	"testing"

	composeloader "github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/convert"
)

// TestLoadAsCompose puts files together as the loader of compose-go does, which
// refuses where this goes on.
func TestLoadAsCompose(t *testing.T) {
	projects := [][]string{}
	for _, dir := range []string{"documents", "extends", "include", "override"} {
		files, err := filepath.Glob("testdata/load/" + dir + "/compose*.yaml")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		if len(files) == 2 {
			files[0], files[1] = files[1], files[0] // compose.override.yaml sorts first
		}
		projects = append(projects, files)
	}
	for _, files := range projects {
		t.Run(filepath.Base(filepath.Dir(files[0])), func(t *testing.T) { sameAsCompose(t, files) })
	}
}

func TestCorpusAsCompose(t *testing.T) {
	for _, name := range corpus(t) {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) { sameAsCompose(t, []string{name}) })
	}
}

func sameAsCompose(t *testing.T, files []string) {
	t.Helper()
	t.Chdir(filepath.Dir(files[0]))
	for i, name := range files {
		files[i] = filepath.Base(name)
	}
	l := newLoader(&Options{Files: files}, &convert.Report{})
	got, err := l.load()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range l.report.Items {
		if i.Outcome == convert.Wrong {
			t.Errorf("%s: %s: %s", i.Pos, i.Path, i.Message)
		}
	}
	details := types.ConfigDetails{WorkingDir: ".", Environment: l.env}
	for _, name := range files {
		details.ConfigFiles = append(details.ConfigFiles, types.ConfigFile{Filename: name})
	}
	want, err := composeloader.LoadModelWithContext(context.Background(), details, func(o *composeloader.Options) {
		o.ResolvePaths, o.SkipNormalization, o.SkipConsistencyCheck = false, true, true
		o.SetProjectName("project", true)
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-compose +kgen\n%s", diff)
	}
}
