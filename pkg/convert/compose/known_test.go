package compose

import (
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/schema"
)

// TestPlacesOf says where a secret is one, and where the same word is a user, a program
// or a part of another.
func TestPlacesOf(t *testing.T) {
	s := &service{
		from: &types.ServiceConfig{Name: "db"}, to: &schema.Service{Name: "db"},
		variables: map[string]*variable{"TITLE": {name: "TITLE", value: "summer"}},
	}
	s.from.Image = "docker.io/library/postgres:16"
	for _, test := range []struct {
		before, text, value string
		want                []int
	}{
		{"", "login s3cretpw", "s3cretpw", []int{6}},
		{"", "xs3cretpw=", "s3cretpw", []int{1}}, // no word of a language: it can be nothing else
		{"", "a brownfox jumps", "brownfox", []int{2}},
		{"", "brownfoxes", "brownfox", nil},
		{"", "postgres -c f=/etc/postgresql/x", "postgres", nil},
		{"", "PGPASSWORD=postgres psql -U postgres", "postgres", []int{11}},
		{"", "mysqladmin -uroot -proot", "root", []int{20}},
		{"-U ", "s3cretpw", "s3cretpw", nil},
		{"-p ", "summer", "summer", nil}, // the title
		{"--password ", "summer", "summer", []int{0}},
		{"", "abc", "abc", nil}, // too short
	} {
		if diff := cmp.Diff(test.want, s.placesOf(test.before, test.text, test.value)); diff != "" {
			t.Errorf("%q in %q behind %q: -want +got\n%s", test.value, test.text, test.before, diff)
		}
	}
}

// TestRefInShell fills a variable in where a shell would not: between single quotes.
func TestRefInShell(t *testing.T) {
	for line, want := range map[string]string{
		"x @":            "x ${V}",
		`x "@"`:          `x "${V}"`,
		"x 'a @ b'":      `x 'a '"${V}"' b'`,
		`x 'a' @`:        `x 'a' ${V}`,
		`x "it's @"`:     `x "it's ${V}"`,
		`x \' @`:         `x \' ${V}`,
		`x 'a\' "b" '@'`: `x 'a\' "b" ''"${V}"''`,
	} {
		at := 0
		for line[at] != '@' {
			at++
		}
		if got := replaced(line, "@", []int{at}, func(at int) string { return refInShell(line, at, "V") }); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}
