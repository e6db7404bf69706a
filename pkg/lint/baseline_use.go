package lint

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

// Without returns the findings that are not in the baseline, in their order, and the
// entries that no finding has, each with the number of those that are gone. Of
// findings that are alike the last are new. The findings are as report.Merge returns
// them.
func (b *Baseline) Without(findings []report.Finding) (fresh []report.Finding, removable []Entry) {
	accepted, found, left := map[Entry]int{}, b.count(findings), map[Entry]int{}
	for _, e := range b.Entries {
		accepted[e.key()] += e.Count
		left[e.key()] += e.Count
	}
	for _, f := range findings {
		key := b.entry(&f)
		if left[key] > 0 {
			left[key]--
			continue
		}
		if known := accepted[key]; known > 0 {
			f.Message += fmt.Sprintf(" (one of %d that are alike, where the baseline has %d)", found[key], known)
		}
		fresh = append(fresh, f)
	}
	for key, n := range left {
		if n > 0 {
			key.Count = n
			removable = append(removable, key)
		}
	}
	slices.SortFunc(removable, compareEntries)
	return fresh, removable
}

// Seen is what a run looked at.
type Seen struct {
	// Dirs are the directories that it looked at in whole. Without any nothing is known
	// to be gone: what a rule finds in a file may hang on another.
	Dirs []string
	// Ran reports whether the rule of an id ran; nil is all rules.
	Ran func(id string) bool
}

// Settled are those of the removable entries that are gone for sure: the run looked at
// the directory of their file, and their rule ran.
func (b *Baseline) Settled(removable []Entry, seen Seen) []Entry {
	isSeen := b.sees(seen)
	return slices.DeleteFunc(slices.Clone(removable), func(e Entry) bool { return !isSeen(e) })
}

// Update is the baseline to be written after a run, for its findings: what the run did
// not look at stays.
func (b *Baseline) Update(findings []report.Finding, seen Seen) *Baseline {
	counts, isSeen := b.count(findings), b.sees(seen)
	for _, e := range b.Entries {
		if !isSeen(e) {
			counts[e.key()] = max(counts[e.key()], e.Count)
		}
	}
	updated := &Baseline{File: b.File, dir: b.dir, workingDir: b.workingDir, names: b.names}
	for key, n := range counts {
		key.Count = n
		updated.Entries = append(updated.Entries, key)
	}
	slices.SortFunc(updated.Entries, compareEntries)
	return updated
}

// sees tells of entries whether a run would have found them again.
func (b *Baseline) sees(seen Seen) func(Entry) bool {
	var dirs []string
	for _, dir := range seen.Dirs {
		dirs = append(dirs, b.placeOf(b.nameOf(dir)))
	}
	return func(e Entry) bool {
		if seen.Ran != nil && !seen.Ran(e.Rule) {
			return false
		}
		return slices.ContainsFunc(dirs, func(dir string) bool {
			below, err := filepath.Rel(dir, b.placeOf(e.File))
			return err == nil && filepath.IsLocal(below)
		})
	}
}

// Ran makes Seen.Ran of the rules that ran, of all those of kgen and own ones of the
// org. The verdict of the server and of the schema is always asked for, and what is no
// rule any more finds nothing.
func Ran(ran, own []*Rule) func(id string) bool {
	isRule, hasRun := map[string]bool{}, map[string]bool{}
	for _, rule := range slices.Concat(Rules(), own) {
		isRule[rule.ID] = true
	}
	for _, rule := range ran {
		hasRun[rule.ID] = true
	}
	return func(id string) bool { return strings.Contains(id, "/") || !isRule[id] || hasRun[id] }
}

// mostNamed is how many removable entries are named.
const mostNamed = 50

// Notices tell a person of the removable entries of the baseline; a line that starts
// with a tab belongs to the one before it.
func (b *Baseline) Notices(removable []Entry) []string {
	if len(removable) == 0 {
		return nil
	}
	count := 0
	for _, e := range removable {
		count += e.Count
	}
	findings, them := "findings of it are", "them"
	if count == 1 {
		findings, them = "finding of it is", "it"
	}
	file := filepath.ToSlash(b.File)
	lines := []string{fmt.Sprintf("baseline %s: %d %s no longer there; --write-baseline %s removes %s:", file, count, findings, file, them)}
	for _, e := range removable[:min(len(removable), mostNamed)] {
		lines = append(lines, "\t"+e.String())
	}
	if more := len(removable) - mostNamed; more > 0 {
		lines = append(lines, fmt.Sprintf("\tand %d more", more))
	}
	return lines
}
