package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// moreKinds are kinds that the facts lack, or tell less of.
//
//go:embed lifecycle.txt
var moreKinds string

// life is one row of the table.
type life struct {
	apiVersion, kind                string
	introduced, deprecated, removed int
	replacement                     string
}

// lifecycleTable writes when each kind is served. A line of facts is an API version
// in short, three releases, the replacement and kinds.
func lifecycleTable(data string, out *bytes.Buffer) error {
	rows, err := factsIn(data, "api-lifecycle.txt", moreKinds)
	if err != nil {
		return err
	}
	found := map[[2]string]life{}
	for _, row := range rows {
		lives, err := livesOf(row)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(row, " "), err)
		}
		for _, l := range lives {
			found[[2]string{l.apiVersion, l.kind}] = l
		}
	}
	var all []life
	for _, l := range found {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b life) int {
		return strings.Compare(a.apiVersion+" "+a.kind, b.apiVersion+" "+b.kind)
	})
	out.WriteString("// lifecycles are sorted by API version, then kind.\nvar lifecycles = []lifecycleRow{\n")
	for _, l := range all {
		if l.removed > 0 && l.replacement == "" {
			l.replacement = stableOf(l, found)
		}
		fmt.Fprintf(out, "{%q, %q, Lifecycle{%d, %d, %d, %q}},\n", l.apiVersion, l.kind, l.introduced, l.deprecated, l.removed, l.replacement)
	}
	out.WriteString("}\n")
	return nil
}

// livesOf reads a line; ~ stands for a blank.
func livesOf(row []string) (lives []life, err error) {
	if len(row) != 6 {
		return nil, fmt.Errorf("%d words, not 6", len(row))
	}
	var minors [3]int
	for i := range minors {
		if minors[i], err = minorOf(row[i+1]); err != nil {
			return nil, err
		}
	}
	replacement := strings.ReplaceAll(strings.TrimPrefix(row[4], "-"), "~", " ")
	for kind := range strings.SplitSeq(row[5], ",") {
		lives = append(lives, life{full(row[0]), kind, minors[0], minors[1], minors[2], replacement})
	}
	return lives, nil
}

// stableOf is the GA version of a kind in the same group; the facts leave it out
// where it came after the version was given up.
func stableOf(l life, found map[[2]string]life) string {
	group, _, _ := strings.Cut(l.apiVersion, "/")
	if stable := group + "/v1"; stable != l.apiVersion {
		if _, exists := found[[2]string{stable, l.kind}]; exists {
			return stable
		}
	}
	return ""
}

// full is an API version as manifests have it: the facts name groups by the
// directory of k8s.io/api.
func full(short string) string {
	group, version, _ := strings.Cut(short, "/")
	switch group {
	case "core":
		return version
	case "apps", "autoscaling", "batch", "extensions", "policy":
		return short
	case "flowcontrol":
		return "flowcontrol.apiserver.k8s.io/" + version
	case "apiserverinternal":
		return "internal.apiserver.k8s.io/" + version
	case "rbac":
		return "rbac.authorization.k8s.io/" + version
	default:
		return group + ".k8s.io/" + version
	}
}
