package tree

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ParsePath reads a path as Path.String writes it, and as people do: names joined by
// dots, an index or a quoted name in brackets. A name may be quoted without brackets.
func ParsePath(s string) (Path, error) {
	var path Path
	for rest := s; ; {
		element, after, err := cutElement(rest, len(path) == 0)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s, err)
		}
		path = append(path, element)
		if after == "" {
			return path, nil
		}
		rest = after
	}
}

var errNoName = errors.New("a name is missing between dots or at an end")

// cutElement takes the first element off a path; one that is not the first begins with
// a dot or a bracket.
func cutElement(s string, isFirst bool) (element any, rest string, err error) {
	if strings.HasPrefix(s, "[") {
		return cutBrackets(s)
	}
	if !isFirst {
		dotted, isDotted := strings.CutPrefix(s, ".")
		if !isDotted {
			return nil, "", errors.New("a dot belongs behind brackets and quotes")
		}
		s = dotted
	}
	if strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "'") {
		return cutQuoted(s)
	}
	end := strings.IndexAny(s, ".[")
	if end < 0 {
		end = len(s)
	}
	if end == 0 {
		return nil, "", errNoName
	}
	return s[:end], s[end:], nil
}

// cutBrackets takes [0] or ["name"] off a path.
func cutBrackets(s string) (element any, rest string, err error) {
	inner := s[1:]
	if strings.HasPrefix(inner, `"`) || strings.HasPrefix(inner, "'") {
		element, rest, err = cutQuoted(inner)
		if err == nil && !strings.HasPrefix(rest, "]") {
			err = errors.New("a closing bracket is missing")
		}
		if err != nil {
			return nil, "", err
		}
		return element, rest[1:], nil
	}
	text, rest, isClosed := strings.Cut(inner, "]")
	if !isClosed {
		return nil, "", errors.New("a closing bracket is missing")
	}
	index, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return nil, "", fmt.Errorf("[%s] is no index; a name in brackets needs quotes", text)
	}
	return int(index), rest, nil
}

// cutQuoted takes a quoted name off a path. Single quotes need no escapes, for shells.
func cutQuoted(s string) (name, rest string, err error) {
	if s[0] == '\'' {
		name, rest, isClosed := strings.Cut(s[1:], "'")
		if !isClosed {
			return "", "", errors.New("a closing quote is missing")
		}
		return name, rest, nil
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", errors.New("a closing quote is missing")
	}
	name, err = strconv.Unquote(quoted)
	return name, s[len(quoted):], err
}
