package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/report"
)

// useBaseline leaves out of merged findings what the baseline accepts, or writes it; ran
// are the rules that ran, own those of the org. It is for complete runs: else what
// could not be looked at would be taken for mended. The notices tell what came of it.
func (o *lintOptions) useBaseline(findings []report.Finding, ran, own []*lint.Rule) (fresh []report.Finding, notices []string, err error) {
	seen := lint.Seen{Dirs: o.wholeDirs(), Ran: lint.Ran(ran, own)}
	switch {
	case o.writeBaseline != "":
		b, err := lint.WriteBaseline(o.writeBaseline, findings, seen)
		if err != nil {
			return findings, nil, err
		}
		return nil, []string{fmt.Sprintf("baseline %s: %s", filepath.ToSlash(b.File), counted(len(b.Entries), "entry", "entries"))}, nil
	case o.accepted != nil:
		fresh, removable := o.accepted.Without(findings)
		return fresh, o.accepted.Notices(o.accepted.Settled(removable, seen)), nil
	}
	return findings, nil, nil
}

// settleBaseline is useBaseline of a run.
func (r *validateRun) settleBaseline() error {
	fresh, notices, err := r.lint.useBaseline(report.Merge(r.findings), r.lint.ran, r.lint.own)
	r.findings, r.notices = fresh, append(r.notices, notices...)
	return err
}

// wholeDirs are the directories that are linted with all that is in them.
func (o *lintOptions) wholeDirs() (dirs []string) {
	if o.partial || o.load.Env != "" {
		return nil
	}
	if len(o.load.Paths) == 0 {
		return []string{"."}
	}
	for _, path := range o.load.Paths {
		dir := filepath.FromSlash(strings.TrimSuffix(filepath.ToSlash(path), "/..."))
		if path == "..." {
			dir = "."
		}
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// readBaseline reads what is accepted, before anything is judged.
func (o *lintOptions) readBaseline() (err error) {
	if o.baseline != "" {
		o.accepted, err = lint.ReadBaseline(o.baseline)
	}
	return err
}
