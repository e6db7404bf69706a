package lint

import (
	"fmt"
	"slices"
	"strings"
)

// String is the word that users read and write: default, strict or off.
func (p Profile) String() string { return [...]string{"default", "strict", "off"}[p] }

// Groups are the groups of rules, sorted.
func Groups(rules []*Rule) (groups []string) {
	for _, rule := range rules {
		groups = append(groups, rule.Groups...)
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// Runs says when the rule runs: "by default".
func (r *Rule) Runs() string {
	switch {
	case r.Profile == Default:
		return "by default"
	case r.Profile == Strict:
		return r.inGroups("with the profile strict")
	}
	return r.inGroups("where it is enabled")
}

func (r *Rule) inGroups(when string) string {
	switch len(r.Groups) {
	case 0:
		return when
	case 1:
		return when + ", or with the group " + r.Groups[0]
	}
	return when + ", or with one of the groups " + strings.Join(r.Groups, ", ")
}

// LooksAt says what the rule looks at: "containers".
func (r *Rule) LooksAt() string {
	var kinds []string
	for _, kind := range r.Kinds {
		kinds = append(kinds, KindName(kind))
	}
	named := strings.Join(kinds, ", ")
	switch {
	case r.isAboutIgnores:
		return "ignores"
	case r.CheckContainer != nil && named != "":
		return "containers of " + named
	case r.CheckContainer != nil:
		return "containers of all that makes pods"
	case named != "":
		return named
	case r.CheckWorkload != nil:
		return "all that makes pods"
	}
	return "objects of every kind"
}

// DefaultText is the default as people write it; "nothing" where it is empty.
func (p *Param) DefaultText() string {
	switch value := p.Default.(type) {
	case []string:
		if len(value) > 0 {
			return strings.Join(value, ", ")
		}
	case string:
		if value != "" {
			return value
		}
	case nil:
	default:
		return fmt.Sprint(value)
	}
	return "nothing"
}

// Type names what the parameter takes: int, bool, string or list.
func (p *Param) Type() string {
	if _, isList := p.Default.([]string); isList {
		return "list"
	}
	return fmt.Sprintf("%T", p.Default)
}

// Markdown explains the rule, without a heading; the examples mark the lines where it
// finds something with "# <-".
func (r *Rule) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\n", sentence(r.Doc.Title))
	fmt.Fprintf(&b, "* Severity: %s\n* Runs: %s\n* Looks at: %s\n", r.Severity, r.Runs(), r.LooksAt())
	mended := ""
	if r.Fixable {
		mended = "by `kgen lint --fix`, where there is one answer"
	}
	for _, line := range []struct{ label, text string }{{"Why", r.Doc.Why}, {"Fix", r.Doc.Fix}, {"Mended", mended}} {
		if line.text != "" {
			fmt.Fprintf(&b, "* %s: %s\n", line.label, escape(line.text))
		}
	}
	if len(r.Params) > 0 {
		b.WriteString("\n| Parameter | Default | Is |\n| --- | --- | --- |\n")
		for i := range r.Params {
			p := &r.Params[i]
			fmt.Fprintf(&b, "| `%s` (%s) | %s | %s |\n", p.Name, p.Type(), cell(p.DefaultText()), cell(p.Text()))
		}
	}
	if len(r.Doc.Notes) > 0 {
		b.WriteString("\n" + escape(strings.Join(r.Doc.Notes, " ")) + "\n")
	}
	for _, example := range []struct{ label, text string }{{"Before", r.Doc.Before}, {"Bad", r.Doc.Bad}, {"Good", r.Doc.Good}} {
		if example.text != "" {
			fmt.Fprintf(&b, "\n%s:\n\n```yaml\n%s\n```\n", example.label, strings.TrimRight(Shown(example.text), "\n"))
		}
	}
	return b.String()
}

var markdownEscapes = strings.NewReplacer("<", "&lt;", "*", `\*`, "[", `\[`, "$", `\$`)

// escape is a sentence that Markdown shows as it is; what stands in backquotes stays.
func escape(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = markdownEscapes.Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

func cell(text string) string { return strings.ReplaceAll(escape(text), "|", `\|`) }

// sentence starts a text with a capital, unless it starts with a name: hostPath.
func sentence(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if first == "" || strings.ToLower(first) != first || strings.ContainsAny(first, "`./:-") {
		return escape(text)
	}
	return escape(strings.ToUpper(text[:1]) + text[1:])
}
