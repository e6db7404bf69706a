package secrets

import (
	"regexp"
	"strings"
	"sync"
)

// Literal is a secret in a line of a shell.
type Literal struct {
	Name  string // of the variable or flag; PASSWORD or TOKEN where the program says what it is
	Value string
	Sign  Sign
}

// shellPatterns find secrets in what a shell runs. They are compiled when first needed:
// every command of kgen starts with this package, and few look at shells.
var shellPatterns = sync.OnceValue(func() (p struct{ named, passwords, tokens []*regexp.Regexp }) {
	all := func(patterns ...string) (compiled []*regexp.Regexp) {
		for _, pattern := range patterns {
			compiled = append(compiled, regexp.MustCompile(pattern))
		}
		return compiled
	}
	p.named = all( // a variable that a line sets for what it runs, a word behind a dash
		`(?:^|[\s;&|(])([A-Za-z_][A-Za-z0-9_]*)=["']?([^\s"';&|)]+)`,
		`(?:^|\s)--?([A-Za-z][A-Za-z0-9_.-]*)[=\s]\s*["']?([^\s"';&|)-][^\s"';&|)]*)`,
	)
	p.passwords = all(
		`\b(?:curl|wget)\b[^|;&]*?\s(?:-u|--user)[\s=]*["']?[^\s:"']+:([^\s"']+)`,
		`\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|mariadb-dump|mysqlcheck)\b[^|;&]*?\s-p["']?([^\s"']+)`,
		`\bredis-cli\b[^|;&]*?\s-a\s+["']?([^\s"']+)`,
		`\bmongo(?:sh|dump|restore|export)?\b[^|;&]*?\s-p\s*["']?([^\s"']+)`,
		`\bmc (?:alias set|config host add) \S+ \S+ \S+ ["']?([^\s"';]+)`,
		`(?i)\b(?:identified\s+by|password)\s+'([^']+)'`, // of SQL
	)
	p.tokens = all(`(?i)\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token|apikey)\s+([^\s"']+)`)
	return p
})

// InShell are the passwords and tokens in a line of a shell: in variables and flags of a
// secret's name, and where well-known programs take one.
func InShell(line string) (found []Literal) {
	const refers = "$`\x00"
	patterns := shellPatterns()
	for _, pattern := range patterns.named {
		for _, m := range pattern.FindAllStringSubmatch(line, -1) {
			if In(m[1], m[2]) == ByName && !strings.ContainsAny(m[2], refers) {
				found = append(found, Literal{m[1], m[2], ByName})
			}
		}
	}
	add := func(name string, sign Sign, by []*regexp.Regexp) {
		for _, pattern := range by {
			for _, m := range pattern.FindAllStringSubmatch(line, -1) {
				if !strings.ContainsAny(m[1], refers) && !IsReference(m[1]) {
					found = append(found, Literal{name, m[1], sign})
				}
			}
		}
	}
	add("PASSWORD", Password, patterns.passwords)
	add("TOKEN", Token, patterns.tokens)
	return found
}
