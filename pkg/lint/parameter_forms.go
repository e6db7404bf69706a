package lint

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// checkGlob is the Check of parameters that are globs.
func checkGlob(text string) error {
	if _, err := path.Match(text, ""); err != nil {
		return fmt.Errorf("%q is no valid pattern", text)
	}
	return nil
}

// checkAbsolute is the Check of parameters that are paths in a container or on a node.
func checkAbsolute(text string) error {
	if !path.IsAbs(text) {
		return fmt.Errorf("%q does not start with a slash", text)
	}
	return nil
}

// checkCapability is the Check of parameters that are capabilities, or ALL.
func checkCapability(text string) error {
	known := slices.Concat([]string{"ALL"}, linuxCapabilities)
	if slices.Contains(known, text) {
		return nil
	}
	name := strings.TrimPrefix(strings.ToUpper(text), "CAP_")
	hint := suggest.Hint(name, known)
	if slices.Contains(known, name) {
		hint = ", did you mean " + strconv.Quote(name) + "?"
	}
	return fmt.Errorf("%q is no capability%s", text, hint)
}
