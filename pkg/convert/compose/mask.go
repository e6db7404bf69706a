package compose

import "strings"

// maskReport takes known secrets out of the report: one may have been filled in where
// nobody expects it, and messages say what they are about.
func (c *converter) maskReport() {
	items := c.account.report.Items
	for i := range items {
		for _, k := range c.knownIn(items[i].Path + "\n" + items[i].Message) {
			if isMixed(k.value) {
				items[i].Path = strings.ReplaceAll(items[i].Path, k.value, "${"+k.name+"}")
				items[i].Message = strings.ReplaceAll(items[i].Message, k.value, "${"+k.name+"}")
			}
		}
	}
}
