package compose

import (
	"slices"
	"strings"
	"testing"
)

// FuzzHostWords demands that hostWords has every host that hostsIn finds.
func FuzzHostWords(f *testing.F) {
	for _, text := range []string{"http://db:80", "a,db", "db..x", "x$db", "db.", "${db}db%20", "my_db.local", ".db", "-db- db"} {
		f.Add(text, "db")
	}
	f.Fuzz(func(t *testing.T, text, host string) {
		if strings.Trim(host, wordBytes) != "" || len(hostsIn(text, host)) == 0 {
			return
		}
		if words := slices.Collect(hostWords(text)); !slices.Contains(words, host) {
			t.Errorf("%q has %q, and the words are %q", text, host, words)
		}
	})
}
