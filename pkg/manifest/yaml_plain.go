package manifest

// IsPlainYAML reports whether every YAML reader takes s without quotes for exactly this
// string, outside of [] and {}.
func IsPlainYAML(s string) bool { return isPlain(s) }

// QuoteYAML is s in double quotes.
func QuoteYAML(s string) string { return string(appendQuoted(nil, s)) }
