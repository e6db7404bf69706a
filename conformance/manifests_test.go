package conformance

import (
	"os"
	"testing"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

// TestSeeds demands that the manifests written for the mutator are valid, that there
// are some of every kind, and that none is lost in reading.
func TestSeeds(t *testing.T) {
	server := newServer(t)
	kinds := map[string]bool{}
	for _, d := range documentsIn(t, seedDir) {
		if answer := server.Create(d.Text); answer.Stage != Accepted {
			t.Errorf("%s: %s: %s\n%s", d.Name, answer.Stage, answer.Message, d.Text)
		}
		if opinion := Judge(d.Text); !opinion.Accepts() {
			t.Errorf("%s: kgen refuses: %s%v %s\n%s", d.Name, opinion.Unread, opinion.Mistakes, opinion.Message, d.Text)
		} else {
			kinds[opinion.Object.GetObjectKind().GroupVersionKind().String()] = true
		}
	}
	for _, kind := range manifest.Kinds() {
		if !server.Handles(kind.APIVersion, kind.Kind) {
			t.Errorf("no registry of %s %s", kind.APIVersion, kind.Kind)
		}
		if !kinds[kind.GroupVersionKind().String()] {
			t.Errorf("no manifest of %s %s", kind.APIVersion, kind.Kind)
		}
	}
}

// TestManifests demands that kgen accepts of the golden files and of the corpus what
// the server accepts, and nothing else.
func TestManifests(t *testing.T) {
	server := newServer(t)
	for _, dir := range []string{goldenDir, corpusDir} {
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not there", dir)
			continue
		}
		all := served(server, documentsIn(t, dir))
		accepted := 0
		for _, d := range all {
			answer, opinion := server.Create(d.Text), Judge(d.Text)
			if answer.Stage == Accepted {
				accepted++
			}
			if what := compare(&answer, &opinion); what != "" && !hasKeyTwice(d.Text) {
				t.Errorf("%s: %s\n%s\n%s", d.Name, what, verdicts(&answer, &opinion), d.Text)
			}
		}
		t.Logf("%s: %d objects, %d accepted", dir, len(all), accepted)
	}
}
