package read

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// resolved is what a YAML scalar without quotes is to kubectl and the API server,
// which read YAML 1.1 as sigs.k8s.io/yaml does.
type resolved struct {
	kind tree.Kind // as JSON has it: 3.0 is an integer there
	text string    // as JSON has it
	// isWord marks a boolean that YAML 1.2 takes for a string.
	isWord bool
	// isFloat marks what YAML has for a float, and float is that.
	isFloat bool
	float   float64
}

// words are those without quotes that are no strings.
var words = map[string]resolved{
	"y": word11(true), "Y": word11(true), "yes": word11(true), "Yes": word11(true), "YES": word11(true),
	"n": word11(false), "N": word11(false), "no": word11(false), "No": word11(false), "NO": word11(false),
	"on": word11(true), "On": word11(true), "ON": word11(true),
	"off": word11(false), "Off": word11(false), "OFF": word11(false),
	"true": word(true), "True": word(true), "TRUE": word(true),
	"false": word(false), "False": word(false), "FALSE": word(false),
	"~": {}, "null": {}, "Null": {}, "NULL": {},
	".nan": ofFloat(math.NaN()), ".NaN": ofFloat(math.NaN()), ".NAN": ofFloat(math.NaN()),
	".inf": ofFloat(math.Inf(1)), ".Inf": ofFloat(math.Inf(1)), ".INF": ofFloat(math.Inf(1)),
	"+.inf": ofFloat(math.Inf(1)), "+.Inf": ofFloat(math.Inf(1)), "+.INF": ofFloat(math.Inf(1)),
	"-.inf": ofFloat(math.Inf(-1)), "-.Inf": ofFloat(math.Inf(-1)), "-.INF": ofFloat(math.Inf(-1)),
}

// longestWord is the length of the longest of them.
const longestWord = len("false")

func word(is bool) resolved { return resolved{kind: tree.Bool, text: strconv.FormatBool(is)} }

func word11(is bool) resolved {
	w := word(is)
	w.isWord = true
	return w
}

func ofString(s string) resolved { return resolved{kind: tree.String, text: s} }

// resolve resolves a scalar without quotes and without a tag.
func resolve(s string) resolved {
	if s == "" {
		return resolved{}
	}
	isNumber := false
	switch c := s[0]; {
	case c >= '0' && c <= '9', c == '+', c == '-', c == '.':
		if isShortDecimal(s) {
			return resolved{kind: tree.Int, text: s}
		}
		isNumber = true
	case len(s) > longestWord || strings.IndexByte("yYnNtTfFoO~", c) < 0:
		return ofString(s)
	}
	if len(s) <= longestWord {
		if w, found := words[s]; found {
			return w
		}
	}
	if isNumber && strings.Trim(s, "0123456789abcdefABCDEFxXoO+-._") == "" {
		return resolveNumber(s)
	}
	return ofString(s)
}

// isShortDecimal reports whether s is an integer that JSON writes alike.
func isShortDecimal(s string) bool {
	if len(s) > 18 || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// floatForm is a float in the syntax of YAML 1.1, less the base 60.
var floatForm = regexp.MustCompile(`^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$`)

// resolveNumber resolves what starts with a digit, a sign or a point. A date is a
// string. 0b-1 is a number to the reader of Kubernetes, so it is here.
func resolveNumber(s string) resolved {
	digits := strings.ReplaceAll(s, "_", "")
	if s[0] == '.' {
		digits = s
	} else if i, ok := parseInteger(digits, 0); ok {
		return i
	}
	if s[0] == '.' || floatForm.MatchString(digits) {
		if f, err := strconv.ParseFloat(digits, 64); err == nil {
			return ofFloat(f)
		}
	}
	if rest, found := strings.CutPrefix(digits, "0b"); found {
		if i, ok := parseInteger(rest, 2); ok {
			return i
		}
	}
	return ofString(s)
}

func parseInteger(digits string, base int) (resolved, bool) {
	if i, err := strconv.ParseInt(digits, base, 64); err == nil {
		return resolved{kind: tree.Int, text: strconv.FormatInt(i, 10)}, true
	}
	u, err := strconv.ParseUint(digits, base, 64)
	return resolved{kind: tree.Int, text: ofFloat(float64(u)).text}, err == nil // kubectl sends it rounded
}

func ofFloat(f float64) resolved {
	r := resolved{kind: tree.Int, isFloat: true, float: f}
	text, err := json.Marshal(f) // not of an infinite one
	if r.text = string(text); err != nil || strings.ContainsAny(r.text, ".e") {
		r.kind = tree.Float
	}
	return r
}

// isFinite reports whether JSON has it.
func (r *resolved) isFinite() bool { return r.kind != tree.Float || r.text != "" }

// key is the string that a key without quotes becomes in JSON: floats in the
// precision of 32 bits. It is not ok of what sigs.k8s.io/yaml takes for no key.
func (r *resolved) key() (key string, ok bool) {
	switch {
	case r.kind == tree.Null:
		return "", false
	case !r.isFloat:
		return r.text, r.kind != tree.Int || isInt64(r.text)
	}
	switch key = strconv.FormatFloat(r.float, 'g', -1, 32); key {
	case "+Inf":
		return ".inf", true
	case "-Inf":
		return "-.inf", true
	case "NaN":
		return ".nan", true
	}
	return key, true
}

func isInt64(digits string) bool {
	_, err := strconv.ParseInt(digits, 10, 64)
	return err == nil
}
