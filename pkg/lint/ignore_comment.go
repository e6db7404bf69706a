package lint

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const commentMark = "kgen:ignore"

// HasIgnoreComments reports whether a file may hold a comment that ignores rules.
func HasIgnoreComments(data []byte) bool { return bytes.Contains(data, []byte(commentMark)) }

// InComments are the ignores in the comments of a YAML file,
//
//	# kgen:ignore rule[,rule] reason
//
// on a line, above a block, or at the head of a document, for all of it; at the head of
// the first, for the whole file.
func InComments(source *tree.Source, data []byte) (ignores []*Ignore) {
	lines := strings.Split(string(data), "\n")
	var candidates []int // lines with what looks like such a comment
	for n, line := range lines {
		if commentStart(line) >= 0 {
			candidates = append(candidates, n)
		}
	}
	for _, n := range comments(source, lines, candidates) {
		start := commentStart(lines[n])
		rules, reason := parseComment(lines[n][start:])
		first, last := extent(lines, n)
		ignores = append(ignores, &Ignore{
			Rules: rules, Reason: reason, Pos: tree.Pos{Source: source, Line: int32(n + 1), Col: int32(len([]rune(lines[n][:start])) + 1)},
			first: int32(first + 1), last: int32(last + 1), isLocal: true,
		})
	}
	return ignores
}

// commentStart is where in a line the comment begins; -1 where there is none.
func commentStart(line string) int {
	for from := 0; ; {
		mark := strings.Index(line[from:], commentMark)
		if mark < 0 {
			return -1
		}
		mark += from
		start := strings.LastIndexByte(line[:mark], '#')
		if start >= 0 && strings.TrimLeft(line[start+1:mark], " ") == "" && (start == 0 || line[start-1] == ' ' || line[start-1] == '\t') {
			return start
		}
		from = mark + len(commentMark)
	}
}

// comments are those of the candidates that are comments, and no part of a text: of the
// marks that stand for them, none is in what the file says.
func comments(source *tree.Source, lines []string, candidates []int) []int {
	if len(candidates) == 0 {
		return nil
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	mark := hex.EncodeToString(sum[:]) // which the file cannot have in it
	lines = slices.Clone(lines)
	for i, n := range candidates {
		start := commentStart(lines[n])
		lines[n] = lines[n][:start] + strings.Replace(lines[n][start:], commentMark, fmt.Sprintf("%s%0*d", mark, markDigits, i), 1)
	}
	isText := map[int]bool{}
	for _, said := range strings.Split(meaning(source, lines), mark)[1:] {
		if i, err := strconv.Atoi(said[:min(len(said), markDigits)]); err == nil {
			isText[i] = true
		}
	}
	var found []int
	for i, n := range candidates {
		if !isText[i] {
			found = append(found, n)
		}
	}
	return found
}

// markDigits are enough to number the lines of a file.
const markDigits = 10

// meaning is what a file says, without its comments.
func meaning(source *tree.Source, lines []string) string {
	var text []byte
	read.Documents(source, []byte(strings.Join(lines, "\n")), &report.Sink{}, func(n *tree.Node) { text = append(n.AppendJSON(text), '\n') })
	return string(text)
}

// parseComment takes a comment apart.
func parseComment(text string) (rules []string, reason string) {
	_, rest, _ := strings.Cut(text, commentMark)
	ids, reason, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(rest, ":")), " ")
	for _, id := range strings.Split(ids, ",") {
		if id != "" {
			rules = append(rules, id)
		}
	}
	return rules, strings.TrimSpace(reason)
}

// extent are the lines that the comment in line n is for: its own where something
// stands before it, else the block below it, or the whole document at its head.
func extent(lines []string, n int) (first, last int) {
	if strings.TrimSpace(lines[n][:commentStart(lines[n])]) != "" {
		return n, n
	}
	if start := documentStart(lines, n); start >= 0 {
		return start, documentEnd(lines, n, start == 0)
	}
	first = n + 1
	for first < len(lines) && isBlank(lines[first]) {
		first++
	}
	if first == len(lines) {
		return n, n
	}
	// A list may stand in the column of its key.
	indent, isInList := indentOf(lines[first]), isItem(lines[first])
	last = first
	for i := first + 1; i < len(lines); i++ {
		if isBlank(lines[i]) {
			continue
		}
		if indentOf(lines[i]) < indent || indentOf(lines[i]) == indent && (isInList || !isItem(lines[i])) {
			break
		}
		last = i
	}
	return first, last
}

// documentStart is where the document starts that line n is at the head of; -1 where
// something but comments stands before it.
func documentStart(lines []string, n int) int {
	for i := n - 1; i >= 0; i-- {
		switch {
		case strings.HasPrefix(lines[i], "---"):
			if isHeadOfFile(lines[:i]) {
				return 0
			}
			return i
		case !isBlank(lines[i]):
			return -1
		}
	}
	return 0
}

func isHeadOfFile(lines []string) bool {
	return !slices.ContainsFunc(lines, func(line string) bool { return !isBlank(line) })
}

// documentEnd is the last line of the document of line n, or of the file.
func documentEnd(lines []string, n int, isWholeFile bool) int {
	for i := n; i < len(lines) && !isWholeFile; i++ {
		if strings.HasPrefix(lines[i], "---") {
			return i - 1
		}
	}
	return len(lines) - 1
}

// isBlank reports whether a line is empty or a comment.
func isBlank(line string) bool {
	text := strings.TrimSpace(line)
	return text == "" || text[0] == '#'
}

// isItem reports whether a line starts an element of a list.
func isItem(line string) bool {
	text := strings.TrimSpace(line)
	return text == "-" || strings.HasPrefix(text, "- ")
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
