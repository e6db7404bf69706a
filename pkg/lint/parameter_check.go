package lint

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// mistakes reports what is wrong with a value of the parameter's type, and where in
// the value it is.
func (p *Param) mistakes(value any, report func(at tree.Path, err error)) {
	switch value := value.(type) {
	case int:
		if err := p.judgeNumber(value); err != nil {
			report(nil, err)
		}
	case string:
		if err := p.judgeText(value); err != nil {
			report(nil, err)
		}
	case []string:
		for i, text := range value {
			if err := p.judgeText(text); err != nil {
				report(tree.P(i), err)
			}
		}
	}
}

func (p *Param) judgeNumber(number int) error {
	if number < p.Least || p.Most > 0 && number > p.Most {
		return fmt.Errorf("%d is out of range: %s", number, p.bounds())
	}
	return nil
}

func (p *Param) judgeText(text string) error {
	if len(p.OneOf) > 0 && !slices.Contains(p.OneOf, text) {
		hint := suggest.Hint(text, p.OneOf)
		if hint == "" {
			hint = ": one of " + wordList(p.OneOf)
		}
		return errors.New(strconv.Quote(text) + " is not known" + hint)
	}
	if p.Check != nil {
		return p.Check(text)
	}
	return nil
}

// Takes says what the parameter takes, where that is not all of its type: "one of
// ingress, egress"; empty for all.
func (p *Param) Takes() string {
	switch {
	case len(p.OneOf) > 0:
		return "one of " + wordList(p.OneOf)
	case p.Least > 0 || p.Most > 0:
		return p.bounds()
	}
	return ""
}

// Text says what the parameter is, and what it takes.
func (p *Param) Text() string {
	if takes := p.Takes(); takes != "" {
		return p.Doc + "; " + takes
	}
	return p.Doc
}

func (p *Param) bounds() string {
	if p.Most > 0 {
		return fmt.Sprintf("%d to %d", p.Least, p.Most)
	}
	return fmt.Sprintf("%d or more", p.Least)
}

// wordList is a list of words, of which the empty one has to be seen.
func wordList(list []string) string {
	shown := slices.Clone(list)
	for i, word := range shown {
		if word == "" {
			shown[i] = `""`
		}
	}
	return strings.Join(shown, ", ")
}
