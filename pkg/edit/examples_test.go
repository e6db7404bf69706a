package edit

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const examples = "../../examples"

// TestThereAndBack changes each scalar in the services of the examples to another value
// and back: that gives the file as it was.
func TestThereAndBack(t *testing.T) {
	changed, refused := 0, 0
	err := filepath.WalkDir(examples, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(name)) != "services" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		written, err := load.ReadWritten(load.Options{Paths: load.Roots([]string{filepath.Dir(name)})})
		if err != nil {
			return err
		}
		file := File{Source: load.SourceOf(name), Data: data, Read: written.Reader(name)}
		root, findings := file.Read(data)
		if root == nil {
			t.Fatalf("%s: %v", name, findings)
		}
		walk(root, nil, func(at tree.Path, n *tree.Node) {
			if !n.IsScalar() {
				return
			}
			if thereAndBack(t, file, at, n) {
				changed++
			} else {
				refused++
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d values changed, %d refused", changed, refused)
	if changed < 500 || refused > changed/20 {
		t.Errorf("%d values changed, %d refused", changed, refused)
	}
}

// thereAndBack reports whether the value could be changed.
func thereAndBack(t *testing.T, file File, at tree.Path, n *tree.Node) bool {
	t.Helper()
	there := *n
	switch n.Kind {
	case tree.String:
		there.Text += "x"
	case tree.Bool:
		there.Text = map[string]string{"true": "false", "false": "true"}[n.Text]
	case tree.Int, tree.Float:
		there.Text += "1"
	default:
		return false
	}
	before := file.Data
	data, err := file.Apply([]Change{{at, &there}})
	if err != nil {
		return false
	}
	file.Data = data
	if data, err = file.Apply([]Change{{at, n}}); err != nil {
		t.Errorf("%s: %s: and not back: %v", file.Source.Name, at, err)
		return true
	}
	if isMultiline := strings.Contains(n.Text, "\n"); !isMultiline && !bytes.Equal(data, before) {
		t.Errorf("%s: %s: back it is\n%s", file.Source.Name, at, data)
	}
	return true
}
