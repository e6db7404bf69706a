package compose

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// What a ConfigMap has room for, and how many files of a directory are configuration
// and not a program. An object of the API may have 1 MiB.
const (
	mostBytes = 512 << 10
	mostFiles = 30
)

// mountedText is the text of a file in the container, which may reach other services.
type mountedText struct {
	text string
	at   tree.Path
}

// addFile adds a file that the container finds at target, and says what became of it
// besides, or why it has no part.
func (s *service) addFile(name, target string, info fs.FileInfo, at tree.Path) (note, why string) {
	if info.Size() > mostBytes {
		return "", fmt.Sprintf("%d bytes are too many for a ConfigMap: put it into the image, or on a volume", info.Size())
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", plain(withoutPath(err))
	}
	mode := ""
	if info.Mode().Perm()&0o111 != 0 {
		mode = "0755"
	}
	return s.addContent(data, target, mode, at), ""
}

// addContent adds a file with a content. One that looks like a secret comes from a
// variable at render time.
func (s *service) addContent(data []byte, target, mode string, at tree.Path) (note string) {
	target = path.Clean(target)
	file := schema.File{Mode: mode}
	text := string(data)
	switch {
	case !utf8.ValidString(text) || strings.Contains(text, "\x00"):
		file.Binary = base64.StdEncoding.EncodeToString(data)
	case len(secrets.Under(path.Base(target), text)) > 0, s.hasKnown(text):
		source := s.newSource(s.to.Name+"_"+path.Base(target), text)
		s.sources[source] = text
		file.Secret = &schema.SecretSource{Env: source}
		note = "it looks like a secret: its content comes from the variable " + source + " when Secrets are rendered" + s.renamedNote(text)
	default:
		s.texts = append(s.texts, mountedText{text, at})
		var renamed string
		if renamed, note = s.rename(mention{text: text, at: at, isFile: true}, "files."+target); note != "" {
			note = "a copy is part of the project; " + note
		}
		file.Source = s.draft.AddFile(s.to.Name, path.Base(target), []byte(renamed))
	}
	put(&s.to.Files, target, file)
	return note
}
