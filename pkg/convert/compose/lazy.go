package compose

import (
	"regexp"
	"sync"
)

// lazy is a regular expression that is compiled when it is first needed: every command
// of kgen starts with this package, and few import.
func lazy(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
