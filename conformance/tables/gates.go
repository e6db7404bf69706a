package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// moreGates are gates that the facts lack.
//
//go:embed gates.txt
var moreGates string

// gateTable writes since when a gate exists and is on by default. A line of facts
// is a name and its stages: "1.34:Aoff 1.35:Bon".
func gateTable(data string, out *bytes.Buffer) error {
	rows, err := factsIn(data, "feature-gates.txt", moreGates)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	out.WriteString("// gates are sorted by name.\nvar gates = []gate{\n")
	for _, row := range rows {
		if len(row) == 2 && row[1] == "?" {
			continue // an example in a comment of Kubernetes
		}
		since, on, err := stages(row[1:])
		if err != nil {
			return fmt.Errorf("gate %s: %w", row[0], err)
		}
		fmt.Fprintf(out, "{%q, %d, %d},\n", row[0], since, on)
	}
	out.WriteString("}\n")
	return nil
}

// stages reads since when a gate exists and since when it is on. A gate that is
// turned off again needs another table.
func stages(all []string) (since, on int, err error) {
	since = -1
	for _, stage := range all {
		release, state, _ := strings.Cut(stage, ":")
		minor, err := minorOf(release)
		if err != nil {
			return 0, 0, err
		}
		if since < 0 {
			since = minor
		}
		isOn := strings.HasSuffix(state, "on")
		switch {
		case isOn && on == 0:
			on = minor
		case !isOn && on != 0:
			return 0, 0, fmt.Errorf("off again in %s", release)
		}
	}
	return max(since, 0), on, nil
}
