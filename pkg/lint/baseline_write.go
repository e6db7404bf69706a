package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
	"github.com/kgen-dev/kgen/pkg/report"
)

// WriteBaseline makes the baseline of a run's findings, as report.Merge returns them, and
// writes it. Of one that is there already stays what the run did not look at.
func WriteBaseline(file string, findings []report.Finding, seen Seen) (*Baseline, error) {
	var b *Baseline
	_, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		b, err = BaselineOf(file, findings)
	} else if b, err = ReadBaseline(file); err == nil {
		b = b.Update(findings, seen)
	}
	if err != nil {
		return nil, err
	}
	return b, b.Write()
}

// Write writes the baseline to its file, or to the one that a link there leads to. It
// is never half written, and one that is the same already is left alone.
func (b *Baseline) Write() error {
	if err := b.write(); err != nil {
		return fmt.Errorf("write the baseline %s: %w", filepath.ToSlash(b.File), err)
	}
	return nil
}

func (b *Baseline) write() error {
	file, data := b.File, b.append(nil)
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return err
	}
	defer root.Close()
	name := filepath.Base(file)
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		info = nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("it is there, and no file")
	default:
		if old, err := root.ReadFile(name); err == nil && bytes.Equal(old, data) {
			return nil
		}
	}
	return atomicfile.Replace(root, name, data, info, nil)
}

const baselineHead = `# What kgen lint --baseline leaves out, written by kgen lint --write-baseline.
version: 1
`

// append appends the file: an entry has a line of its own, so that branches merge.
func (b *Baseline) append(dst []byte) []byte {
	dst = append(dst, baselineHead...)
	if len(b.Entries) == 0 {
		return append(dst, "entries: []\n"...)
	}
	dst = append(dst, "entries:\n"...)
	for _, e := range b.Entries {
		dst = append(dst, "- {rule: "+scalar(e.Rule)...)
		for _, f := range []struct{ key, text string }{{"file", e.File}, {"object", e.Object}, {"field", e.Field}} {
			if f.text != "" {
				dst = append(dst, ", "+f.key+": "+scalar(f.text)...)
			}
		}
		if e.Count > 1 {
			dst = append(dst, ", count: "+strconv.Itoa(e.Count)...)
		}
		dst = append(dst, "}\n"...)
	}
	return dst
}

var (
	plainText = regexp.MustCompile(`^(\.\./)*[A-Za-z][A-Za-z0-9._/-]*$`)
	yamlWord  = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null)$`)
)

// scalar is a text as a YAML scalar between braces.
func scalar(text string) string {
	if plainText.MatchString(text) && !yamlWord.MatchString(text) {
		return text
	}
	return strconv.Quote(text) // of its escapes YAML has all
}
