package images

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/distribution/reference"

	"github.com/kgen-dev/kgen/pkg/names"
)

func TestFind(t *testing.T) {
	for ref, want := range map[string]string{
		"nginx": "docker.io/library/nginx", "library/nginx": "docker.io/library/nginx", "docker.io/nginx:1.29": "docker.io/library/nginx",
		"index.docker.io/library/nginx:1": "docker.io/library/nginx", "docker.io/library/nginx@sha256:" + strings.Repeat("0", 64): "docker.io/library/nginx",
		"public.ecr.aws/docker/library/redis:8": "docker.io/library/redis", "mirror.gcr.io/library/postgres": "docker.io/library/postgres",
		"nginxinc/nginx-unprivileged": "docker.io/nginxinc/nginx-unprivileged", "valkey/valkey:9": "docker.io/valkey/valkey",
		"ghcr.io/library/nginx": "", "acme/nginx": "", "bitnami/redis": "", "nginx2": "", "": "", ":": "", "NGINX": "", "localhost/nginx": "",
		"public.ecr.aws/docker": "", "mirror.gcr.io/": "",
	} {
		image, found := Find(ref)
		if image.Name != want || found != (want != "") {
			t.Errorf("Find(%q) = %q, %v; want %q", ref, image.Name, found, want)
		}
	}
}

func TestAlpineHasItsOwnUser(t *testing.T) {
	for ref, want := range map[string]User{
		"postgres:17": {999, 999}, "postgres:17-alpine": {70, 70}, "postgres:17.6-alpine3.23": {70, 70},
		"redis:alpine": {999, 1000}, "nginx:alpine": {101, 101},
	} {
		image, _ := Find(ref)
		if image.User != want {
			t.Errorf("Find(%q).User = %v, want %v", ref, image.User, want)
		}
		if isOther := image.Alpine == want; isOther != isAlpine(image.Sources[0]) {
			t.Errorf("%s: the user is not from %s", ref, image.Sources[0])
		}
	}
}

// TestFacts demands of every image what a pod of it needs, and where it is from.
func TestFacts(t *testing.T) {
	for _, image := range All() {
		named, err := reference.ParseNormalizedNamed(image.Name)
		if err != nil || named.String() != image.Name {
			t.Errorf("%s is no full name: %v", image.Name, err)
		}
		if image.Tag == "" || image.User.ID == 0 || image.User.Group == 0 || image.Port == 0 || image.Memory == "" || !names.PortName.Fits(image.Protocol) {
			t.Errorf("%s lacks something: %+v", image.Name, image)
		}
		if len(image.Sources) == 0 || slices.ContainsFunc(image.Sources, func(s string) bool { return !strings.HasPrefix(s, "https://") }) {
			t.Errorf("%s has no source", image.Name)
		}
		for _, dir := range append(slices.Clone(image.Writable), image.Data) {
			if dir != "" && (!path.IsAbs(dir) || path.Clean(dir) != dir || dir == "/tmp") {
				t.Errorf("%s: %s", image.Name, dir)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, image := range All() {
		f.Add(image.Name)
	}
	f.Add("a/b:c@d")
	f.Fuzz(func(t *testing.T, ref string) {
		if image, found := Find(ref); found != (image.Name != "") {
			t.Error(ref, found)
		}
	})
}
