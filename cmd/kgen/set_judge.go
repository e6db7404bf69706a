package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/edit"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// judgeResult refuses a change that brings errors which were not there before, or that
// has no effect.
func (r *setRun) judgeResult(overlay load.Overlay) error {
	r.supervisor.enter("judging services")
	before, err := r.judged(nil)
	if err != nil {
		return err
	}
	after, err := r.judged(overlay)
	if err != nil {
		return err
	}
	fresh, old := apart(before, after)
	r.findings = append(r.findings, fresh...)
	if report.HasErrors(fresh) {
		r.notices = append(r.notices, "nothing is changed")
		return nil
	}
	if n := len(report.Errors(old)); n > 0 {
		r.notices = append(r.notices, counted(n, "error was", "errors were")+" there before; kgen validate shows them")
	}
	r.load.Overlay = overlay
	written, err := load.ReadWritten(r.load)
	if err != nil {
		return err
	}
	r.judgeEffects(r.session.Effects(written))
	return nil
}

// judged are the findings about the project with an overlay, up to the verdict of the
// API server.
func (r *setRun) judged(overlay load.Overlay) ([]report.Finding, error) {
	options := r.load
	options.Overlay = overlay
	loaded, err := load.Load(options)
	if err != nil {
		return nil, err
	}
	findings := loaded.Findings
	for _, p := range loaded.Projects {
		_, found := render.Render(p, render.Options{Workers: r.load.Workers})
		findings = append(findings, found...)
	}
	findings, _ = validate.WithoutUnchecked(findings)
	return findings, nil
}

// apart separates findings that were not there before from those that were.
func apart(before, after []report.Finding) (fresh, old []report.Finding) {
	place := regexp.MustCompile(`:[0-9]+(:[0-9]+)?`)
	key := func(f *report.Finding, environment string) string {
		return strings.Join([]string{f.ID, f.Severity.String(), f.Pos.File(), f.Path.String(), place.ReplaceAllString(f.Message, ""), strings.Join(f.Objects, " "), f.Field, environment}, "\x00")
	}
	known := map[string]int{}
	each := func(findings []report.Finding, do func(f *report.Finding, key string)) {
		for _, f := range findings {
			environments := f.Environments
			if len(environments) == 0 {
				environments = []string{""}
			}
			for _, e := range environments {
				do(&f, key(&f, e))
			}
		}
	}
	each(before, func(_ *report.Finding, key string) { known[key]++ })
	each(after, func(f *report.Finding, key string) {
		one := *f
		if len(f.Environments) > 1 {
			one.Environments = []string{key[strings.LastIndexByte(key, 0)+1:]}
		}
		if known[key]--; known[key] < 0 {
			fresh = append(fresh, one)
		} else {
			old = append(old, one)
		}
	})
	return report.Merge(fresh), report.Merge(old)
}

// judgeEffects tells where the values are not in effect, and refuses a setting that is
// nowhere.
func (r *setRun) judgeEffects(effects []edit.Effect) {
	isSomewhere := map[*edit.Setting]bool{}
	where := map[string][]string{} // the environments by what there is to say of them
	var messages []string
	for _, e := range effects {
		isSomewhere[e.Setting] = isSomewhere[e.Setting] || !e.IsMissing && e.At == nil
		message := r.effectOf(e)
		if message == "" {
			continue
		}
		if where[message] == nil {
			messages = append(messages, message)
		}
		where[message] = append(where[message], e.Environment)
	}
	for _, message := range messages {
		environments := strings.Join(where[message], ", ")
		if environments != "" {
			environments = " in " + environments
		}
		r.notices = append(r.notices, strings.Replace(message, "\x00", environments, 1))
	}
	for _, e := range effects {
		if !isSomewhere[e.Setting] {
			r.isRefusedHere = true
			r.notices = append(r.notices, "nothing is changed")
			return
		}
	}
}

// effectOf says how a setting is not what was asked for, with a 0 for the environments;
// nothing where it is.
func (r *setRun) effectOf(e edit.Effect) string {
	hint := ""
	if e.Environment != "" && r.env == "" {
		hint = "; set it with --env too"
	}
	switch {
	case e.IsMissing:
		return fmt.Sprintf("there is no service %s\x00, which removes it", e.Service)
	case e.IsTakenOut:
		return fmt.Sprintf("%s: %s does not come into effect\x00: this null takes it out%s", e.Over, e.Field.At, hint)
	case e.At != nil:
		return fmt.Sprintf("%s: %s does not come into effect\x00: what stands here is over it%s", e.Over, e.Field.At, hint)
	case e.Image != "":
		return fmt.Sprintf("the image of %s\x00 is %s", e.Service, e.Image)
	}
	return ""
}
