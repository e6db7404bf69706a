package effective

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// eachExample calls do for every service of every example, in every environment.
func eachExample(t *testing.T, do func(t *testing.T, s *Service)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir("../../examples", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.Name() != "kgen.cue" {
			return err
		}
		loaded, err := load.Load(load.Options{Paths: []string{filepath.Dir(name)}})
		if err != nil {
			return err
		}
		for _, environment := range loaded.Projects[0].Environments {
			for _, s := range environment.Services {
				n++
				do(t, New(environment.Layered(s.Name)))
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
}

// all are the values of every field of a service.
func all(s *Service) (values []Value) {
	for _, f := range s.filled.Fields {
		values = append(values, s.Values(tree.P(f.Key))...)
	}
	return values
}

// TestEveryValueHasItsReason demands of every value that a layer sets it, which then is
// the last that says anything of it, or a default with words of its own.
func TestEveryValueHasItsReason(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Service) {
		for _, v := range all(s) {
			at := s.Environment + " " + s.Name + " " + v.Path.String()
			switch {
			case v.IsDefault && v.Default == nil:
				t.Errorf("%s: no default is documented that makes %s", at, v.Node.AppendJSON(nil))
			case v.IsDefault || v.Node == nil:
			case len(v.Steps) == 0:
				t.Errorf("%s: no layer says it", at)
			default:
				last := v.Steps[len(v.Steps)-1]
				if last.Effect > load.Merges || !last.Pos.IsValid() || string(last.Value.AppendJSON(nil)) != string(v.Node.AppendJSON(nil)) {
					t.Errorf("%s: %v of %v at %v", at, last.Effect, last.Layer.At, last.Pos)
				}
			}
		}
	})
}

// TestNothingIsHiddenInVain: the examples hold no secrets.
func TestNothingIsHiddenInVain(t *testing.T) {
	eachExample(t, func(t *testing.T, s *Service) {
		for _, v := range all(s) {
			if shown := s.Shown(v.Path, v.Node); v.Node != nil && string(shown.AppendJSON(nil)) != string(v.Node.AppendJSON(nil)) {
				t.Errorf("%s %s: hidden", s.Name, v.Path)
			}
		}
	})
}
