package main

import (
	"io"
	"os"
	"runtime/debug"

	"golang.org/x/term"

	_ "github.com/kgen-dev/kgen/cmd/kgen/gc" // early: its import path sorts before that of k8s.io
)

// process is what a command sees of the process it runs in.
type process struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookupEnv      func(name string) (string, bool)
	// isStdoutTerminal and isStderrTerminal tell whether a person reads along.
	isStdoutTerminal, isStderrTerminal bool
	// heap is what the garbage collector keeps to; nil where that is not set here.
	heap *heapLimit
}

const (
	// softLimit, in bytes, is the heap from which on the garbage collector runs as
	// often as it takes to keep a project of thousands of services in 150 MB with the
	// rest of the process.
	softLimit = 112 << 20
	// lintLimit, in bytes, is softLimit where all objects are kept to be compared.
	lintLimit = 384 << 20
	// dataLimit, in bytes, is far more than anything but a hostile evaluation needs.
	dataLimit = 8 << 30
)

func thisProcess() *process {
	limitData(dataLimit)
	return &process{
		heap:  newHeapLimit(softLimit, debug.SetMemoryLimit),
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, lookupEnv: os.LookupEnv,
		isStdoutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		isStderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// hasColor reports whether messages are coloured where they go.
func (p *process) hasColor(isTerminal bool) bool {
	noColor, _ := p.lookupEnv("NO_COLOR")
	kind, _ := p.lookupEnv("TERM")
	return isTerminal && noColor == "" && kind != "dumb"
}
