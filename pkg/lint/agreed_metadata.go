package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// kindsParam says which kinds the rules on agreed labels and annotations look at.
var kindsParam = Param{Name: "kinds", Default: []string{"Deployment", "StatefulSet", "DaemonSet", "CronJob"}, Doc: "the kinds of objects that are looked at; empty is all"}

// agreedKey is a key of a label or an annotation and, where value is not nil, what its
// value is to be.
type agreedKey struct {
	key   string
	value *regexp.Regexp
}

// agreedKeys are those read so far, by their text: a regular expression is slow to make.
var agreedKeys sync.Map

// parseKey reads "KEY" or "KEY=REGEXP".
func parseKey(text string) (*agreedKey, error) {
	if known, isKnown := agreedKeys.Load(text); isKnown {
		key, _ := known.(*agreedKey)
		return key, nil
	}
	key, pattern, hasPattern := strings.Cut(text, "=")
	if key == "" {
		return nil, fmt.Errorf("%q names no key", text)
	}
	a := &agreedKey{key: key}
	if hasPattern {
		var err error
		if a.value, err = regexp.Compile("^(?:" + pattern + ")$"); err != nil {
			return nil, fmt.Errorf("%q is no regular expression", pattern)
		}
	}
	agreedKeys.Store(text, a)
	return a, nil
}

func checkKey(text string) error {
	_, err := parseKey(text)
	return err
}

// eachAgreed visits the keys that a parameter names, for an object of the kinds that
// another one does.
func eachAgreed(o *Object, r *Reporter, param string, visit func(a *agreedKey)) {
	if kinds := r.Texts(kindsParam.Name); len(kinds) > 0 && !slices.Contains(kinds, o.Kind) {
		return
	}
	for _, text := range r.Texts(param) {
		if a, err := parseKey(text); err == nil {
			visit(a)
		}
	}
}

// require reports the keys that are missing, or have another value than agreed.
func require(o *Object, r *Reporter, what string, has map[string]string) {
	eachAgreed(o, r, what+"s", func(a *agreedKey) {
		value, isSet := has[a.key]
		at := tree.P("metadata", what+"s", a.key)
		switch {
		case !isSet:
			r.At(at, "no %s %s", what, a.key)
		case a.value != nil && !a.value.MatchString(value):
			r.At(at, "the value of %s does not match %s", a.key, a.value)
		}
	})
}
