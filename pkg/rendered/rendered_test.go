package rendered

import (
	"os"
	"path/filepath"
	"testing"
)

func TestProject(t *testing.T) {
	for text, want := range map[string]string{
		Header + "deploy/shop\nweb/deployment.yaml\t0\n": "deploy/shop",
		Header + "shop\r\n": "shop",
		Header + "shop":     "shop",
		"":                  "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, List), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := Project(dir); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := Project(t.TempDir()); got != "" {
		t.Errorf("without a list: %q", got)
	}
}
