package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/images"
)

// kgen runs a command in process, and returns its status and what it printed.
func kgen(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, &process{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, lookupEnv: os.LookupEnv})
	return status, out.String(), errs.String()
}

// TestInitIsClean makes a project of every well-known image, and of others: it has to
// render, to be accepted and to lint with nothing found, as soon as it is there.
func TestInitIsClean(t *testing.T) {
	cases := map[string][]string{
		"nothing said":   nil,
		"unknown":        {"--from", "ghcr.io/acme/web:1.4.2"},
		"digest":         {"--from", "ghcr.io/acme/web@sha256:" + strings.Repeat("1f", 32)},
		"worker":         {"--from", "ghcr.io/acme/web:1.4.2", "--port", "0"},
		"low port":       {"--from", "ghcr.io/acme/web:1.4.2", "--port", "80"},
		"high nginx":     {"--from", "nginx", "--port", "8081"},
		"name":           {"--name", "shop-front"},
		"numeric name":   {"--from", "ghcr.io/acme/2048:1"},
		"odd repository": {"--from", "registry.example.com:5000/team/my_app.web:1"},
		"no server":      {"--from", "postgres", "--port", "0"},
	}
	for _, image := range images.All() {
		cases[image.Name] = []string{"--from", image.Name}
		if image.Alpine.ID != 0 {
			cases[image.Name+" alpine"] = []string{"--from", image.Name + ":" + image.Tag + "-alpine"}
		}
	}
	for name, flags := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkInit(t, flags)
		})
	}
}

func checkInit(t *testing.T, flags []string) {
	dir := filepath.Join(t.TempDir(), "shop")
	if status, _, stderr := kgen(append([]string{"init", dir}, flags...)...); status != exitClean {
		t.Fatalf("init ended with status %d: %s", status, stderr)
	}
	for _, args := range [][]string{
		{"render", "--write", dir}, {"render", "--check", dir}, {"validate", "--strict", dir}, {"lint", "--strict", "--fail-on", "info", dir},
		// Which liveness probe helps, and what tells of a worker, knows who wrote the program.
		{"lint", "--profile", "strict", "--skip", "no-liveness-probe,no-readiness-probe", "--fail-on", "warning", dir},
	} {
		status, stdout, stderr := kgen(args...)
		if status != exitClean {
			t.Errorf("kgen %s ended with status %d\n%s%s", strings.Join(args[:len(args)-1], " "), status, stdout, stderr)
		}
	}
	if status, stdout, _ := kgen("init", dir); status != exitClean || strings.Contains(stdout, "wrote") {
		t.Errorf("a second init ended with status %d\n%s", status, stdout)
	}
}

// TestInitRunsAsTheUser demands that the facts arrive in the manifests.
func TestInitRunsAsTheUser(t *testing.T) {
	for _, image := range images.All() {
		dir := filepath.Join(t.TempDir(), "shop")
		if status, _, stderr := kgen("init", dir, "--from", image.Name); status != exitClean {
			t.Fatal(stderr)
		}
		_, manifests, stderr := kgen("render", "--only", "Deployment", dir)
		wants := []string{"runAsUser: " + strconv.FormatInt(image.User.ID, 10), "containerPort: " + strconv.Itoa(image.Port), "readOnlyRootFilesystem: true", "image: " + image.Name + ":" + image.Tag}
		for _, path := range append(image.Writable, image.Data) {
			if path != "" {
				wants = append(wants, "mountPath: "+path+"\n")
			}
		}
		for _, want := range wants {
			if !strings.Contains(manifests, want) {
				t.Errorf("%s: no %q in\n%s%s", image.Name, want, manifests, stderr)
			}
		}
	}
}

func TestInstallable(t *testing.T) {
	for version, want := range map[string]string{
		"v0.5.0": "v0.5.0", "v1.12.3-rc.1": "v1.12.3-rc.1", "(devel)": "", "unknown": "", "": "", "v1.2": "", "v1.2.3.4": "",
		"v0.0.0-20261122110226-1693c26aabbc":         "",
		"v0.5.1-0.20261122110226-1693c26aabbc":       "",
		"v0.5.1-rc.1.0.20261122110226-1693c26aabbcc": "",
		"v0.5.0+dirty": "",
		"v0.0.0-20261122110226-1693c26aabbc+dirty": "",
	} {
		if got := installable(version); got != want {
			t.Errorf("installable(%q) = %q, want %q", version, got, want)
		}
	}
}
