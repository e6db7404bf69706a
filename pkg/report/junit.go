package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// JUnit prints a report as JUnit XML: a test suite for each file, in it a test case
// for each finding, or one that passed. What is too slight to fail the run passes too,
// with the finding as its output.
type JUnit struct{}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int32         `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// Print writes the report as one XML document.
func (JUnit) Print(w io.Writer, r *Report) error {
	all := junitSuites{Name: "kgen"}
	byFile := map[string][]*Finding{}
	files := slices.Clone(r.Files)
	for i := range r.Findings {
		f := &r.Findings[i]
		files = append(files, f.Pos.File())
		byFile[f.Pos.File()] = append(byFile[f.Pos.File()], f)
	}
	slices.Sort(files)
	for _, file := range slices.Compact(files) {
		suite := r.junitSuite(file, byFile[file])
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Suites = append(all.Suites, suite)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("write JUnit XML: %w", err)
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}

// junitSuite is what was found in a file. Names of cases stay when lines move, so
// that their history can be followed.
func (r *Report) junitSuite(file string, findings []*Finding) junitSuite {
	name := printable(r.inRepository(file))
	suite := junitSuite{Name: name, Tests: max(1, len(findings))}
	if name == "" {
		suite.Name = "kgen"
	}
	seen := map[string]int{}
	for _, f := range findings {
		c := junitCase{Name: junitName(f), Class: suite.Name, File: name, Line: f.Pos.Line}
		if seen[c.Name]++; seen[c.Name] > 1 {
			c.Name += " (" + strconv.Itoa(seen[c.Name]) + ")"
		}
		text := explained(f)
		if place := f.Pos.String(); place != "" {
			text = printable(place) + ": " + text
		}
		if f.Severity >= r.FailOn {
			suite.Failures++
			c.Failure = &junitFailure{headline(f, ""), f.Severity.String(), text}
		} else {
			c.Output = f.Severity.String() + ": " + text
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(findings) == 0 {
		suite.Cases = []junitCase{{Name: "no findings", Class: suite.Name, File: name}}
	}
	return suite
}

func junitName(f *Finding) string {
	if subject := (Text{Brief: true}).subject(f); subject != "" {
		return printable(f.ID + ": " + subject)
	}
	return printable(f.ID)
}
