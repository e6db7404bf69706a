package read

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// yamlError takes the parser's message apart: the line is missing for the first.
var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(?s:(.*))$`)

// yamlMistake says what is wrong in a file that does not parse, and where. The
// parser names a line only, of some mistakes the one before, of others the one
// where the map around them starts.
func yamlMistake(t *text, err error) (pos tree.Pos, id, message string) {
	match := yamlError.FindStringSubmatch(err.Error())
	if match == nil {
		return t.pos(0), t.ids.syntax, yamlMessage("", nil)
	}
	problem := match[2]
	if strings.HasPrefix(problem, "control characters") {
		pos, message = controlCharacter(t)
		return pos, t.ids.syntax, message
	}
	feed := &byteFeed{data: t.data}
	parseAll(feed)
	row := mistakenRow(t, feed.taken, match[1], problem)
	pos = t.lineStart(row)
	if rows := yamlRows(t); rows != nil {
		pos = t.rowPos(rows, row, 1)
	}
	for strings.HasPrefix(problem, "found a tab") && t.tabIn(int(pos.Line)) < 0 && int(pos.Line) < len(t.starts) {
		pos = t.lineStart(int(pos.Line) + 1) // the parser names the line in which the text starts that the tab is in
	}
	switch tab := t.tabIn(int(pos.Line)); {
	case strings.HasPrefix(problem, "exceeded max depth"):
		return pos, t.ids.file, tooDeep
	case tab >= 0:
		pos.Col = int32(tab + 1)
		return pos, t.ids.syntax, "a tab indents this line: YAML takes only spaces"
	}
	content := t.lineText(int(pos.Line))
	start := int(t.starts[pos.Line-1])
	if read := feed.taken - start; read > 0 {
		if i := bytes.LastIndexAny(content[:min(read, len(content))], culprits(problem)); i >= 0 {
			pos = t.pos(start + i)
		}
	}
	return pos, t.ids.syntax, yamlMessage(problem, bytes.TrimLeft(content, " "))
}

// tabIn is the index of a tab in the indentation of a line, or -1.
func (t *text) tabIn(line int) int {
	content := t.lineText(line)
	return bytes.IndexByte(content[:len(content)-len(bytes.TrimLeft(content, " \t"))], '\t')
}

// mistakenRow is the row of a mistake: the parser had taken that many bytes, and
// named a row, unless it is the first.
func mistakenRow(t *text, taken int, named, problem string) int {
	row, err := strconv.Atoi(named)
	if err != nil {
		row = 1
	}
	switch {
	case strings.HasPrefix(problem, "unknown anchor"), isParserProblem(problem):
		return failingLine(t, taken, problem)
	case strings.HasPrefix(problem, "found unexpected ") && failsAlike(t.data[:len(t.lineText(1))], "found unexpected end of stream"):
		return 1 // where the quote is opened, not where the file ends
	case err == nil && isOneBefore(problem):
		return row + 1
	}
	return row
}

// isOneBefore reports whether the parser names the row before that of a problem.
func isOneBefore(problem string) bool {
	return problem == "did not find expected <document start>" ||
		strings.Contains(problem, "YAML d") || strings.Contains(problem, "duplicate %TAG")
}

// culprits are the characters that a problem is at.
func culprits(problem string) string {
	switch {
	case strings.HasPrefix(problem, "mapping values"):
		return ":"
	case strings.HasPrefix(problem, "found character that cannot"):
		return "@`%"
	case strings.HasPrefix(problem, "unknown anchor"), strings.HasPrefix(problem, "did not find expected alphabetic"):
		return "*&"
	case strings.HasPrefix(problem, "found unknown escape"), strings.HasPrefix(problem, "did not find expected hex"):
		return "\\"
	case strings.HasPrefix(problem, "found unexpected "):
		return "\"'"
	}
	return ""
}

// isParserProblem reports whether the line of a problem is that of the map or
// list it was found in.
func isParserProblem(problem string) bool {
	return strings.HasPrefix(problem, "did not find expected ") &&
		strings.ContainsAny(problem, "',-") && !strings.Contains(problem, "digit") ||
		problem == "did not find expected key" || problem == "did not find expected node content" ||
		problem == "found undefined tag handle"
}

// failingLine is the line of the mistake that the parser stumbles over. It is
// where the parser is, which is fed byte by byte, unless it has looked a line
// ahead; a file that ends before that line then fails in the same way.
func failingLine(t *text, taken int, problem string) int {
	line := int(t.pos(max(0, taken-1)).Line)
	for range 4 {
		if line == 1 || strings.Contains(problem, "',' or") || !failsAlike(t.data[:t.starts[line-1]], problem) {
			break
		}
		line--
	}
	return line
}

func failsAlike(data []byte, problem string) bool {
	err := parseAll(bytes.NewReader(data))
	return err != nil && strings.HasSuffix(err.Error(), problem)
}

// parseAll parses to the first mistake.
func parseAll(r io.Reader) error {
	decoder := yaml.NewDecoder(r)
	for {
		if err := decoder.Decode(&yaml.Node{}); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// byteFeed hands out one byte at a time and counts them.
type byteFeed struct {
	data  []byte
	taken int
}

func (f *byteFeed) Read(p []byte) (int, error) {
	if f.taken == len(f.data) {
		return 0, io.EOF
	}
	n := copy(p[:min(1, len(p))], f.data[f.taken:])
	f.taken += n
	return n, nil
}
