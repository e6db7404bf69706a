package compose

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/convert"
)

// TestChooseFiles looks for files as docker compose does, where somebody names a
// directory or nothing.
func TestChooseFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"compose.yml", "docker-compose.yml", "two/docker-compose.yaml", "two/compose.override.yaml", "env/a.yaml", "env/b.yaml", "none/x"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		writeText(t, name, "services: {}\n")
	}
	writeText(t, "env/.env", "COMPOSE_FILE=a.yaml:b.yaml\n")
	for _, c := range []struct {
		named, variable string
		want            string
	}{
		{"", "", "compose.yml"},
		{"two", "", "two/docker-compose.yaml two/compose.override.yaml"},
		{"two compose.yml", "", "two/docker-compose.yaml two/compose.override.yaml compose.yml"},
		{"env", "", "env/a.yaml env/b.yaml"},
		{"", "docker-compose.yml:env/a.yaml", "docker-compose.yml env/a.yaml"},
		{"compose.yml", "docker-compose.yml", "compose.yml"},
		{"none", "", "none: none of compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml is in it"},
		{"- -", "", "standard input can be read once: name - once"},
	} {
		l := newLoader(&Options{Files: strings.Fields(c.named), LookupEnv: func(name string) (string, bool) {
			return c.variable, name == "COMPOSE_FILE" && c.variable != ""
		}}, &convert.Report{})
		got := ""
		if err := l.chooseFiles(); err != nil {
			got = err.Error()
		} else {
			got = filepath.ToSlash(strings.Join(l.options.Files, " "))
		}
		if got != c.want {
			t.Errorf("%q with COMPOSE_FILE=%q: %q, want %q", c.named, c.variable, got, c.want)
		}
	}
}

// TestChooseProfiles takes COMPOSE_PROFILES where no profile is asked for, and tells of
// profiles and volumes that are not there.
func TestChooseProfiles(t *testing.T) {
	t.Chdir(t.TempDir())
	writeText(t, ".env", "COMPOSE_PROFILES=a,b\n")
	writeText(t, "compose.yaml", `services:
  a: {image: "x/a:1", profiles: [a]}
  c: {image: "x/c:1", profiles: [c], volumes: ["data:/d"]}
volumes: {data: }
`)
	for _, c := range []struct {
		o    Options
		want []string
	}{
		{Options{}, []string{"a", "services.c"}},
		{Options{Profiles: []string{"c"}, VolumeSize: "1Gi"}, []string{"c", "services.a"}},
		{Options{Profiles: []string{"cc"}, VolumeSizes: map[string]string{"dato": "1Gi", "data": "1Gi"}}, []string{"services.a", "services.c", "--volume-size dato", "--profile cc"}},
	} {
		d, err := draft(c.o)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range d.Services {
			got = append(got, s.Name)
		}
		for _, i := range d.Report.Items {
			if strings.HasPrefix(i.Path, "--") || strings.Contains(i.Message, "of the profile") {
				got = append(got, i.Path)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func writeText(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
