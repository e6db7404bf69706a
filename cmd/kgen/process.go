package main

import (
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/term"
)

// process is what a command sees of the process it runs in.
type process struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookupEnv      func(name string) (string, bool)
	// isStdoutTerminal and isStderrTerminal tell whether a person reads along.
	isStdoutTerminal, isStderrTerminal bool
}

// The garbage collector runs seldom while the heap is small, which saves a
// quarter of the time; from the soft limit on, in bytes, it runs as often as it
// takes to keep a project of thousands of services in 150 MB with the rest of the
// process.
const (
	gcPercent = 400
	softLimit = 112 << 20
	// dataLimit, in bytes, is far more than anything but a hostile evaluation needs.
	dataLimit = 8 << 30
)

func thisProcess() *process {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(softLimit)
	limitData(dataLimit)
	return &process{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, lookupEnv: os.LookupEnv,
		isStdoutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		isStderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// hasColor reports whether messages are coloured.
func (p *process) hasColor() bool {
	noColor, _ := p.lookupEnv("NO_COLOR")
	kind, _ := p.lookupEnv("TERM")
	return p.isStderrTerminal && noColor == "" && kind != "dumb"
}
