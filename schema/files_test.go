package schema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileDirs(t *testing.T) {
	content, secret := File{}, File{Secret: &SecretSource{Env: "X"}}
	for _, c := range []struct {
		name  string
		files Map[File]
		want  string
	}{
		{"none", nil, ""},
		{"one", Map[File]{{"/etc/app/x", content}}, "web-files /etc/app x"},
		{"one directory", Map[File]{{"/etc/app/y", content}, {"/etc/app/x", content}}, "web-files /etc/app y x"},
		{"sorted", Map[File]{{"/z/x", content}, {"/a/x", secret}, {"/m/x", content}}, "web-files /a x; web-files-2 /m x; web-files-3 /z x"},
		{"nested", Map[File]{{"/a/b/x", content}, {"/a/x", content}}, "web-files /a x; web-files-2 /a/b x"},
		{"odd paths", Map[File]{{"/a//b/../x", content}, {"/y", content}}, "web-files / y; web-files-2 /a x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, dir := range (&Service{Name: "web", Files: c.files}).FileDirs() {
				words := []string{dir.Name, dir.Path}
				for _, f := range dir.Files {
					words = append(words, f.Key)
				}
				got = append(got, strings.Join(words, " "))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("directories (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOwnSecrets shows where each value comes from, and the path at which a
// missing one is reported.
func TestOwnSecrets(t *testing.T) {
	s := Service{
		Name: "web",
		Secrets: Map[Secret]{
			{"db", Secret{Type: "Opaque", Data: Map[SecretSource]{{"PASSWORD", SecretSource{Env: "DB"}}, {"ca", SecretSource{File: "ca.crt"}}}}},
			{"there", Secret{Existing: true}},
		},
		Files: Map[File]{
			{"/etc/plain/x", File{}},
			{"/etc/app/x", File{}},
			{"/etc/app/key", File{Secret: &SecretSource{File: "key"}}},
		},
	}
	s.Sidecars = Map[Sidecar]{{"proxy", Sidecar{ExtraContainer: ExtraContainer{Files: Map[File]{
		{"/etc/plain/x", File{}},
		{"/etc/app/key", File{Secret: &SecretSource{Env: "KEY"}}},
	}}}}}
	var got []string
	for _, own := range s.OwnSecrets() {
		for _, v := range own.Values {
			got = append(got, fmt.Sprintf("%s %s: %s%s at %s", own.Name, v.Key, v.Source.Env, v.Source.File, v.Path))
		}
	}
	want := []string{
		"db PASSWORD: DB at secrets.db.data.PASSWORD",
		"db ca: ca.crt at secrets.db.data.ca",
		`web-files key: key at files["/etc/app/key"].secret`,
		`web-proxy-files key: KEY at sidecars.proxy.files["/etc/app/key"].secret`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}
