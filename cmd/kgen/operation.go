package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
)

// operation is one run of a command over services or manifests, and what it found
// out.
type operation struct {
	*process
	supervisor *supervisor

	findings []report.Finding
	notices  []string

	// printer, where set, prints the findings as the end of report, whose FailOn
	// decides whether they fail the run.
	printer report.Printer
	report  report.Report
	// isRefused is set where a flag turned out to be wrong before anything was judged.
	isRefused bool
}

// supervise runs do, which may be given up: then it goes on, and owns what it
// found. Else the findings are printed to out, and the notices below.
func (o *operation) supervise(flags *loadFlags, out io.Writer, color bool, do func(context.Context) error) error {
	dog := newWatchdog(flags.timeout)
	flags.load.OnEvaluate = dog.evaluate
	o.supervisor = newSupervisor(dog, o.process)
	err := o.supervisor.run(do)
	if isAbandoned := err != nil && !o.supervisor.isOver.Load(); isAbandoned {
		return err
	}
	if o.isRefused {
		return err
	}
	if o.printer == nil {
		o.printer, o.report.FailOn = report.Lines{Text: report.Text{Brief: true, Color: color}}, report.Error
	}
	o.report.Findings, o.report.IsIncomplete = report.Merge(o.findings), err != nil
	if printErr := o.printer.Print(out, &o.report); printErr != nil {
		err = errors.Join(err, fmt.Errorf("write the findings: %w", printErr))
	}
	for _, notice := range o.notices {
		o.notice(notice)
	}
	if err == nil && o.report.IsFailed() {
		return errWrong
	}
	return err
}

// noteSkipped tells which files were not looked at.
func (o *operation) noteSkipped(skipped []load.Skipped) {
	if len(skipped) == 0 {
		return
	}
	o.notices = append(o.notices, fmt.Sprintf("skipped %s:", counted(len(skipped), "path", "paths")))
	for _, s := range skipped {
		o.notices = append(o.notices, "\t"+s.File+": "+s.Reason)
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
