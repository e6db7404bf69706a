package main

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/kgen-dev/kgen/pkg/edit"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// print prints what was changed, or with --dry-run how the files would differ.
func (r *setRun) print() error {
	var out bytes.Buffer
	for _, d := range r.session.Done {
		if !r.dryRun || d.IsSame() {
			out.WriteString(doneLine(d) + "\n")
		}
	}
	if r.dryRun {
		for _, f := range r.changed {
			name := strings.TrimPrefix(path.Clean(strings.ReplaceAll(f.Path, `\`, "/")), "/")
			out.Write(diff.Diff("a/"+name, f.Before, "b/"+name, f.Data))
		}
	}
	if _, err := r.stdout.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}

// doneLine says what became of one value, and where it stands.
func doneLine(d *edit.Done) string {
	show := shown
	if key, _ := d.At[len(d.At)-1].(string); d.Field.IsSecret() || secrets.IsName(key) {
		show = hidden
	}
	head := fmt.Sprintf("%s: %s: ", d.Pos(), d.Shown)
	switch {
	case d.IsSame() && d.New == nil && d.IsRemoval:
		return head + "not set"
	case d.IsSame() && d.New == nil:
		return head + "already so"
	case d.IsSame():
		return head + "already " + show(d.New)
	case d.New == nil:
		return head + show(d.Old) + " taken out"
	case d.Old == nil:
		return head + "set to " + show(d.New)
	}
	return head + show(d.Old) + " -> " + show(d.New)
}

// hidden stands for a value that may be a secret.
func hidden(*tree.Node) string { return "(not shown)" }

// shown is a value in one line.
func shown(n *tree.Node) string {
	switch n.Kind {
	case tree.Null:
		return "null"
	case tree.String:
		return strconv.Quote(n.Text)
	case tree.List, tree.Map:
		var parts []string
		for _, f := range n.Fields {
			part := shown(f.Value)
			if n.Kind == tree.Map {
				part = tree.P(f.Key).String() + ": " + part
			}
			parts = append(parts, part)
		}
		if n.Kind == tree.List {
			return "[" + strings.Join(parts, ", ") + "]"
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return n.Text
}
