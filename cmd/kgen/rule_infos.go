package main

import (
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/schema"
)

// ruleInfos explain the rules that ran, and what else was found, to those who read the
// findings.
func ruleInfos(rules []*lint.Rule, findings []report.Finding) (infos []report.RuleInfo) {
	isKnown := map[string]bool{}
	for _, rule := range rules {
		isKnown[rule.ID] = true
		infos = append(infos, report.RuleInfo{
			ID: rule.ID, Title: rule.Doc.Title, Why: rule.Doc.Why, Fix: rule.Doc.Fix, Help: rule.Markdown(),
			Tags: rule.Groups, Severity: rule.Severity,
		})
	}
	verdicts := verdictInfos()
	for i := range findings {
		f := &findings[i]
		info, isVerdict := verdicts[f.ID]
		if isKnown[f.ID] || !isVerdict {
			continue
		}
		isKnown[f.ID] = true
		info.ID, info.Severity = f.ID, f.Severity
		infos = append(infos, info)
	}
	return infos
}

// verdictInfos explain what the API server and the schema refuse.
func verdictInfos() map[string]report.RuleInfo {
	infos := map[string]report.RuleInfo{lint.UnknownRule: {Title: unknownRuleTitle, Why: unknownRuleWhy, Fix: unknownRuleFix}}
	for _, v := range validate.Verdicts {
		infos[v.ID] = report.RuleInfo{Title: v.Title, Why: v.Why, Fix: v.Fix}
	}
	for _, refusal := range schema.Refusals {
		info := report.RuleInfo{Title: refusal.Title}
		if refusal.Decline != "" {
			info.Fix = "correct it, or where it is meant so: " + refusal.Decline
		}
		infos[refusal.ID] = info
	}
	return infos
}
