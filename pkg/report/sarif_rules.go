package report

import (
	"cmp"
	"slices"
	"strings"
)

// sarifRules are all rules of the report, sorted, and the place of each among them.
func (r *Report) sarifRules() ([]sarifRule, map[string]int) {
	rules := slices.Clone(r.Rules)
	isKnown := map[string]bool{}
	for i := range rules {
		isKnown[rules[i].ID] = true
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; !isKnown[f.ID] {
			isKnown[f.ID] = true
			rules = append(rules, RuleInfo{ID: f.ID, Severity: f.Severity})
		}
	}
	slices.SortStableFunc(rules, func(a, b RuleInfo) int { return cmp.Compare(a.ID, b.ID) })
	rules = slices.CompactFunc(rules, func(a, b RuleInfo) bool { return a.ID == b.ID })
	index := map[string]int{}
	described := make([]sarifRule, len(rules))
	for i := range rules {
		index[rules[i].ID] = i
		described[i] = rules[i].sarif()
	}
	return described, index
}

// sarif describes a rule. Code scanning demands all of the texts.
func (rule *RuleInfo) sarif() sarifRule {
	title := printable(cmp.Or(rule.Title, rule.ID))
	help := []string{title}
	for _, sentence := range []string{rule.Why, rule.Fix} {
		if sentence != "" {
			help = append(help, printable(sentence))
		}
	}
	described := sarifRule{
		ID: printable(rule.ID), Short: sarifText{Text: title}, Full: sarifText{Text: printable(cmp.Or(rule.Why, title))},
		Help: sarifText{
			Text:     strings.Join(help, "\n"),
			Markdown: cmp.Or(strings.ToValidUTF8(rule.Help, "\ufffd"), strings.Join(help, "\n\n")),
		},
		HelpURI: rule.URL, Configuration: sarifRuleConfig{sarifLevels[rule.Severity]},
	}
	if len(rule.Tags) > 0 {
		tags := slices.Sorted(slices.Values(rule.Tags))
		described.Properties = &sarifProperties{Tags: slices.Compact(tags)}
	}
	return described
}
