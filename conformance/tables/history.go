package main

import (
	_ "embed"
	"fmt"
	"strings"
)

// moreFields are fields that the facts lack.
//
//go:embed fields.txt
var moreFields string

// inlined are types whose fields the closure has under the type that inlines them.
var inlined = []string{"core/v1.EphemeralContainerCommon", "core/v1.VolumeSource"}

// addHistory adds, from the differences between the versions of k8s.io/api, the
// fields of types that the closure lacks, and the fields that are gone. A line of
// facts is a release, a package, ADD or REMOVED, and Type.field:type; ...
func addHistory(data string, definitions map[string]*span, lives map[field]span) error {
	rows, err := factsIn(data, "api-field-diff.txt", moreFields)
	if err != nil {
		return err
	}
	since, gone := map[field]int{}, goneTypes(rows)
	for _, row := range rows {
		if len(row) < 4 || row[2] != "ADD" && row[2] != "REMOVED" {
			continue
		}
		minor, err := minorOf(row[0])
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(row, " "), err)
		}
		for item := range strings.SplitSeq(strings.Join(row[3:], " "), "; ") {
			f, ok := fieldIn(row[1], item)
			switch {
			case !ok:
			case row[2] == "ADD":
				since[f] = minor
				addOld(f, minor, definitions, lives)
			case !gone[f.on]:
				addGone(f, since[f], minor-1, lives)
			}
		}
	}
	return nil
}

// goneTypes are the types that no longer exist, so that nobody meets their fields.
func goneTypes(rows [][]string) map[string]bool {
	gone := map[string]bool{}
	for _, row := range rows {
		if len(row) < 4 || row[2] != "REMOVED" {
			continue
		}
		for item := range strings.SplitSeq(strings.Join(row[3:], " "), "; ") {
			if !strings.Contains(item, ".") {
				gone[row[1]+"."+item] = true
			}
		}
	}
	return gone
}

// fieldIn reads "Type.field:type" or "Type.field"; a type alone is no field.
func fieldIn(pkg, item string) (field, bool) {
	item, _, _ = strings.Cut(item, ":")
	owner, name, found := strings.Cut(item, ".")
	return field{pkg + "." + owner, name}, found && !strings.Contains(owner, " ")
}

// addOld adds a field of a type that the closure says nothing of.
func addOld(f field, minor int, definitions map[string]*span, lives map[field]span) {
	if minor <= oldest || definitions[f.on] != nil {
		return
	}
	for _, on := range inlined {
		if f.on == on {
			return
		}
	}
	lives[f] = span{first: minor}
}

// addGone adds a field that no release from minor last+1 on has.
func addGone(f field, since, last int, lives map[field]span) {
	if _, known := lives[f]; !known {
		lives[f] = span{first: since, last: last}
	}
}
