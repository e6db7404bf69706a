package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// rulesOptions are the flags of kgen rules.
type rulesOptions struct {
	loadFlags
	format         string
	profile, group string
	export         string
}

func newRules(p *process) *cobra.Command {
	o := &rulesOptions{}
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules of kgen lint",
		Long: `List the rules of kgen lint: the id, the severity of most findings, the profile and
the groups that choose the rule, and what it finds. kgen explain RULE tells more.

With --export vap it writes the rules that the configuration here chooses, its own and
those of kgen that one object suffices for, as ValidatingAdmissionPolicy manifests with
their bindings; what cannot be exported is named on standard error.`,
		Example: `  kgen rules
  kgen rules --profile strict
  kgen rules --group pss-restricted --format json
  kgen rules --export vap | kubectl apply -f -`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if o.export == "" {
				return o.run(p)
			}
			if err := errors.Join(o.judge(), o.judgeExport(c.Flags())); err != nil {
				return err
			}
			return o.exportPolicies(p)
		},
	}
	f := c.Flags()
	o.bind(f)
	f.StringVar(&o.export, "export", "", "write the chosen rules as `policies` of the cluster: vap")
	f.StringVar(&o.format, "format", report.FormatText, "`format` of the list: text, json")
	f.StringVar(&o.profile, "profile", "", "only the rules that run with a `profile`: default, strict")
	f.StringVar(&o.group, "group", "", "only the rules of a `group`; with --profile, those as well")
	return c
}

func (o *rulesOptions) run(p *process) error {
	if err := o.judge(); err != nil {
		return err
	}
	own, err := ownRules(p, &o.loadFlags)
	if err != nil {
		return err
	}
	rules, err := o.choose(slices.Concat(lint.Rules(), own))
	if err != nil {
		return err
	}
	var list []byte
	switch o.format {
	case report.FormatText:
		list = ruleTable(rules)
	case "json":
		list, err = ruleJSON(rules)
	default:
		err = fmt.Errorf("--format %s: one of text and json", o.format)
	}
	if err != nil {
		return err
	}
	if _, err := p.stdout.Write(list); err != nil {
		return fmt.Errorf("write the rules: %w", err)
	}
	return nil
}

// choose returns the rules that the flags ask for.
func (o *rulesOptions) choose(rules []*lint.Rule) ([]*lint.Rule, error) {
	if groups := lint.Groups(rules); o.group != "" && !slices.Contains(groups, o.group) {
		return nil, fmt.Errorf("--group %s: one of %s%s", o.group, strings.Join(groups, ", "), suggest.Hint(o.group, groups))
	}
	highest := lint.Default
	switch o.profile {
	case "", lint.Default.String():
	case lint.Strict.String():
		highest = lint.Strict
	default:
		return nil, fmt.Errorf("--profile %s: one of default and strict", o.profile)
	}
	return slices.DeleteFunc(rules, func(rule *lint.Rule) bool {
		isOfProfile := o.profile != "" && rule.Profile <= highest
		isOfGroup := o.group != "" && slices.Contains(rule.Groups, o.group)
		return (o.profile != "" || o.group != "") && !isOfProfile && !isOfGroup
	}), nil
}

// ruleTable lists rules for people.
func ruleTable(rules []*lint.Rule) []byte {
	var b bytes.Buffer
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "RULE\tSEVERITY\tPROFILE\tGROUPS\tFINDS")
	for _, rule := range rules {
		groups := strings.Join(rule.Groups, ",")
		if groups == "" {
			groups = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", rule.ID, rule.Severity, rule.Profile, groups, report.OneLine(rule.Doc.Title))
	}
	_ = table.Flush() // a Buffer takes all
	return b.Bytes()
}

// ruleListVersion grows when what programs rely on changes; new fields do not count.
const ruleListVersion = 1

type ruleEntry struct {
	ID         string           `json:"id"`
	Severity   string           `json:"severity"`
	Profile    string           `json:"profile"`
	Groups     []string         `json:"groups"`
	Kinds      []string         `json:"kinds"`
	Title      string           `json:"title"`
	Why        string           `json:"why"`
	Fix        string           `json:"fix"`
	Fixable    bool             `json:"fixable"`
	Notes      []string         `json:"notes"`
	Parameters []parameterEntry `json:"parameters"`
	Before     string           `json:"before,omitempty"`
	Bad        string           `json:"bad"`
	Good       string           `json:"good"`
}

type parameterEntry struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default any    `json:"default"`
	Says    string `json:"says"`
	// What is left out is anything of the type; a number is 0 or more.
	OneOf []string `json:"oneOf,omitempty"`
	Least int      `json:"least,omitempty"`
	Most  int      `json:"most,omitempty"`
}

// ruleJSON lists rules for programs, as docs/lint.md has it.
func ruleJSON(rules []*lint.Rule) ([]byte, error) {
	document := struct {
		Version int         `json:"version"`
		Rules   []ruleEntry `json:"rules"`
	}{ruleListVersion, make([]ruleEntry, len(rules))}
	for i, rule := range rules {
		d := &rule.Doc
		e := ruleEntry{
			ID: rule.ID, Severity: rule.Severity.String(), Profile: rule.Profile.String(),
			Groups: orEmpty(rule.Groups), Kinds: orEmpty(rule.Kinds), Notes: orEmpty(d.Notes),
			Title: d.Title, Why: d.Why, Fix: d.Fix, Fixable: rule.Fixable, Before: d.Before, Bad: d.Bad, Good: d.Good, Parameters: []parameterEntry{},
		}
		for j := range rule.Params {
			p := &rule.Params[j]
			value := p.Default
			if list, isList := value.([]string); isList {
				value = orEmpty(list)
			}
			e.Parameters = append(e.Parameters, parameterEntry{p.Name, p.Type(), value, p.Doc, p.OneOf, p.Least, p.Most})
		}
		document.Rules[i] = e
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(document)
	return b.Bytes(), err
}

// orEmpty is a list that is [] in JSON where it is empty.
func orEmpty(list []string) []string { return append([]string{}, list...) }
