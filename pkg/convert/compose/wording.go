package compose

import (
	"regexp"
	"strings"
)

// wordings are what errors of compose-go and its decoder come to in words of compose
// files, by a part of their text. They have values in them, which may be secrets.
var wordings = []struct {
	part  func() *regexp.Regexp
	words string
}{
	{lazy(`time: |in duration|invalid duration`), "no time with a unit, as 90s or 1m30s"},
	{lazy(`invalid size|invalid suffix`), "no size, as 512m or 2g"},
	{lazy(`(?i)hostPort|containerPort|No port specified|Invalid proto|(ports|expose).*for port$|missing a target port|\.expose.*expose value|Invalid ranges|invalid IP`), "no port, as 80, 8080:80 or 53:53/udp"},
	{lazy(`as 'bool'|ParseBool`), "neither true nor false"},
	{lazy(`as 'u?int|ParseU?[iI]nt|overflows|no whole number`), "no whole number that fits here"},
	{lazy(`as 'float|ParseFloat`), "no number that fits here"},
	{lazy(`invalid command line`), "no line that a shell can read: a quote in it is open"},
	{lazy(`trailing space`), "a blank stands before its ="},
	{lazy(`missing a mount target`), "it says no path of the container"},
	{lazy(`expected key=value`), "not KEY=VALUE"},
	{lazy(`invalid spec|empty section|too many colons`), "no volume, as data:/data or ./conf:/etc/conf:ro"},
	{lazy(`of another type|expected type|(invalid|unexpected|unsupported) (value )?(type|value)|cannot (use|convert)|must be a mapping|unconvertible|expected a map|expose value|%!`), errType.Error()},
}

// plain is an error in one line, without a path of this machine.
func plain(err error) string {
	text := strings.Join(strings.Fields(withoutPath(err).Error()), " ")
	text = strings.TrimPrefix(text, "decoding failed due to the following error(s): ")
	for _, w := range wordings {
		if w.part().MatchString(text) {
			return w.words
		}
	}
	text, _, _ = strings.Cut(text, ", value: ") // which may be a secret
	return text
}
