package lint

import (
	"fmt"
	"slices"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Choice is what is asked for by hand, over the configuration.
type Choice struct {
	Profile    string   // "default" or "strict"; empty leaves it to the configuration
	Only, Skip []string // ids of rules
	// Today is a date, 2027-01-31, by which ignores end; empty, and none does.
	Today string
	// IsPart is set where not all is linted that the configuration is for: of an ignore
	// in it nobody can say that it is unused.
	IsPart bool
}

// Settings say which rules run, and what they leave alone.
type Settings struct {
	Rules    []Chosen
	IsStrict bool
	// IsRestricted is set where the group pss-restricted was chosen.
	IsRestricted bool
	External     []External

	ignores []*Ignore // of the configuration
	met     []*Ignore // others, of all that was linted
	mends   []Mend
	locked  []string
	// silenced are rules that were disabled, and would say what the server warns of.
	silenced []Chosen
	// quiet are the ids of the verdict that were disabled, severity has those that
	// another was set for.
	quiet    []string
	severity map[string]report.Severity
}

// configuration is the block lint of kgen.cue, or .kgen.yaml, on its way to Settings.
type configuration struct {
	*schema.ProjectLint
	at    tree.Path // of the block
	sink  *report.Sink
	rules []*Rule // all that there are
}

// NewSettings makes the settings of a configuration, whose block is at a path of the
// sink's tree; own are the rules of the org. Nil is no configuration. Ids and
// parameters that do not exist are reported.
func NewSettings(config *schema.ProjectLint, at tree.Path, own []*Rule, choice Choice, sink *report.Sink) *Settings {
	if config == nil {
		config = &schema.ProjectLint{}
	}
	c := configuration{config, at, sink, slices.Concat(Rules(), own)}
	s := &Settings{IsStrict: c.isStrict(choice), locked: config.Locked, severity: map[string]report.Severity{}}
	s.IsRestricted = slices.Contains(config.Groups, "pss-restricted")
	c.checkNames()
	for _, rule := range c.rules {
		chosen := Chosen{Rule: rule, Options: c.options(rule)}
		if !c.isChosen(rule, own, s.IsStrict, choice) {
			if len(rule.Warned) > 0 && c.isSilenced(rule.ID, choice) {
				s.silenced = append(s.silenced, Chosen{Rule: rule, Options: chosen.Options})
			}
			if !rule.IsEnforceable() || c.isLeftOut(rule, choice) {
				continue
			}
			chosen.OnlyEnforced = true
		}
		if word := config.Severity.Get(rule.ID); word != nil {
			chosen.Severity = severityOf(*word)
		}
		s.Rules = append(s.Rules, chosen)
	}
	for i := range config.External {
		e := &config.External[i]
		s.External = append(s.External, External{e.Kind, e.Name, e.Namespace})
	}
	for _, id := range lesser {
		if c.isSilenced(id, choice) {
			s.quiet = append(s.quiet, id)
		}
		if word := config.Severity.Get(id); word != nil && severityOf(*word) != nil {
			s.severity[id] = *severityOf(*word)
		}
	}
	s.ignores = c.ignores(choice)
	return s
}

// isSilenced reports whether nothing is to be heard of an id.
func (c *configuration) isSilenced(id string, choice Choice) bool {
	return slices.Contains(choice.Skip, id) || slices.Contains(c.Disable, id)
}

// isSilenced reports whether a rule runs for no more than what the server says.
func (s *Settings) isSilenced(rule *Rule) bool {
	return slices.ContainsFunc(s.silenced, func(c Chosen) bool { return c.Rule == rule })
}

func (c *configuration) isStrict(choice Choice) bool {
	if choice.Profile != "" {
		return choice.Profile == "strict"
	}
	return c.Profile == "strict"
}

// isChosen reports whether a rule runs: by profile, group or name, unless it is left
// out by name. What is asked for by hand goes before all.
func (c *configuration) isChosen(rule *Rule, own []*Rule, isStrict bool, choice Choice) bool {
	switch {
	case c.isLeftOut(rule, choice):
		return false
	case len(choice.Only) > 0, slices.Contains(c.Enable, rule.ID), rule.Profile == Default, rule.Profile == Strict && isStrict, slices.Contains(own, rule):
		return true
	}
	return slices.ContainsFunc(rule.Groups, func(group string) bool { return slices.Contains(c.Groups, group) })
}

// isLeftOut reports whether a rule does not run, whatever else is said.
func (c *configuration) isLeftOut(rule *Rule, choice Choice) bool {
	if slices.Contains(choice.Skip, rule.ID) {
		return true
	}
	if len(choice.Only) > 0 {
		return !slices.Contains(choice.Only, rule.ID)
	}
	return slices.Contains(c.Disable, rule.ID)
}

// severityOf is the severity that a word names, which the schema has checked.
func severityOf(word string) *report.Severity {
	for _, s := range []report.Severity{report.Info, report.Warning, report.Error} {
		if s.String() == word {
			return &s
		}
	}
	return nil
}

// checkNames reports ids and groups that do not exist.
func (c *configuration) checkNames() {
	for _, list := range []struct {
		field string
		ids   []string
	}{{"enable", c.Enable}, {"disable", c.Disable}, {"locked", c.Locked}} {
		for i, id := range list.ids {
			c.checkID(id, tree.P(list.field, i), list.field != "enable")
		}
	}
	for _, entry := range c.Severity {
		c.checkID(entry.Key, tree.P("severity", entry.Key), true)
	}
	for _, entry := range c.Options {
		c.checkID(entry.Key, tree.P("options", entry.Key), false)
	}
	groups := Groups(c.rules)
	for i, group := range c.Groups {
		if !slices.Contains(groups, group) {
			c.sink.Errorf(UnknownRule, c.at.With("groups", i), "there is no group %q%s", group, suggest.Hint(group, groups))
		}
	}
}

// UnknownRule is the id of a finding about a rule, group or parameter that does not
// exist.
const UnknownRule = "lint/unknown-rule"

// checkID reports an id that is none; ofVerdict is set where those of the verdict are
// ids too.
func (c *configuration) checkID(id string, at tree.Path, ofVerdict bool) {
	if c.rule(id) == nil && !(ofVerdict && slices.Contains(lesser, id)) {
		f := c.sink.KeyErrorf(UnknownRule, c.at.With(at...), "%s", c.noRule(id, ofVerdict))
		if ofVerdict && isOfRefusal(id) {
			f.Fix = cannotBeIgnored
		}
	}
}

func (c *configuration) noRule(id string, ofVerdict bool) string {
	known := idsOf(c.rules)
	if ofVerdict && isOfRefusal(id) {
		return id + " is no rule: it is what the API server or the schema refuses"
	}
	if ofVerdict {
		known = append(known, lesser...)
	}
	return fmt.Sprintf("there is no rule %q%s", id, suggest.Hint(id, known))
}

func (c *configuration) rule(id string) *Rule {
	for _, rule := range c.rules {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}

func idsOf(rules []*Rule) (ids []string) {
	for _, rule := range rules {
		ids = append(ids, rule.ID)
	}
	return ids
}

// IsDate reports whether a text is a date as 2027-01-31.
func IsDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// ignores are those of the configuration that have not ended by today.
func (c *configuration) ignores(choice Choice) (ignores []*Ignore) {
	for i := range c.Ignore {
		e := &c.Ignore[i]
		at := c.at.With("ignore", i)
		if c.rule(e.Rule) == nil && !slices.Contains(lesser, e.Rule) {
			f := c.sink.Errorf(UnknownRule, at.With("rule"), "%s", c.noRule(e.Rule, true))
			if isOfRefusal(e.Rule) {
				f.Fix = cannotBeIgnored
			}
			continue
		}
		if e.Path != "" && !doublestar.ValidatePattern(e.Path) {
			c.sink.Errorf(UnknownRule, at.With("path"), "%q is no valid pattern", e.Path)
			continue
		}
		if choice.Today != "" && e.Until != "" && e.Until < choice.Today {
			continue
		}
		ignores = append(ignores, &Ignore{
			Rules: []string{e.Rule}, Reason: e.Reason, Pos: c.sink.Begin(at), isPartial: choice.IsPart,
			file: e.Path, kind: e.Kind, name: e.Name, namespace: e.Namespace, container: e.Container,
		})
	}
	return ignores
}
