package lint

import (
	"fmt"
	"strings"
)

// mostShown is how many objects a message names, mostListed how many ports or keys.
const (
	mostShown  = 3
	mostListed = 10
)

// firstOf names the first of many, and says how many more there are: "a, b, c and 4 more".
func firstOf(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// longestShown is the length of the longest line of an example that people read.
const longestShown = 160

// Shown is an example as people read it, with long lines cut: that of an object which is
// too large has one of 200 KiB.
func Shown(manifest string) string {
	var b strings.Builder
	for line := range strings.Lines(manifest) {
		if len(line) > longestShown {
			fmt.Fprintf(&b, "%s... (%d characters)\n", line[:60], len(line)-1)
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}
