//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What no input may take, whatever it is. The heap of an evaluation ends at
// maxHeap; the process is somewhat more than its heap.
const (
	hostileTime   = time.Minute
	hostileMemory = maxHeap + maxHeap/2
)

// TestHostileInput gives kgen the input that a mistake, a broken disk or an enemy
// makes: it has to end soon, in little memory, with a clear line and its status.
func TestHostileInput(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector takes more than an input may")
	}
	for _, c := range hostileInputs() {
		t.Run(c.name, func(t *testing.T) {
			if c.needsUser && os.Geteuid() == 0 {
				t.Skip("root reads everything")
			}
			dir := t.TempDir()
			write(t, dir, ".git/HEAD", "")
			write(t, dir, "kgen.cue", `defaults: {image: "example.com/app:1", resources: requests: {cpu: "1", memory: "1Gi"}}`)
			c.prepare(t, dir)
			got := runHostile(t, dir, c.stdin, append([]string{"render"}, c.args...)...)
			if got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			if got.stdout != "" && c.status != exitClean {
				t.Errorf("standard output is not empty: %.200q", got.stdout)
			}
			if !regexp.MustCompile(c.stderr).MatchString(got.stderr) {
				t.Errorf("standard error has no match for %s", c.stderr)
			}
			if strings.Contains(got.stderr, "goroutine ") || strings.Contains(got.stderr, "panic") {
				t.Error("a panic came through")
			}
			if len(got.stderr) > 4<<10 {
				t.Errorf("standard error has %d bytes", len(got.stderr))
			}
			if got.memory > hostileMemory {
				t.Errorf("%d MiB of memory", got.memory>>20)
			}
			if t.Failed() {
				t.Logf("took %v and %d MiB; standard error:\n%.2000s", got.took, got.memory>>20, got.stderr)
			}
		})
	}
}

// hostileRun is how a run ended.
type hostileRun struct {
	status         int
	stdout, stderr string
	took           time.Duration
	memory         int64 // the largest resident set, in bytes
}

// runHostile runs kgen in dir and gives it hostileTime.
func runHostile(t *testing.T, dir, stdin string, args ...string) hostileRun {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), hostileTime)
	defer cancel()
	command := exec.CommandContext(ctx, "kgen", args...)
	command.Dir = dir
	if stdin != "" {
		in, err := os.Open(stdin)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		command.Stdin = in
	}
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	start := time.Now()
	err := command.Run()
	run := hostileRun{stdout: stdout.String(), stderr: stderr.String(), took: time.Since(start)}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("still running after %v", hostileTime)
	case errors.As(err, &exit):
		run.status = exit.ExitCode()
	case err != nil:
		t.Fatal(err)
	}
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		run.memory = int64(usage.Maxrss)
		if runtime.GOOS == "linux" { // there it counts in KiB
			run.memory <<= 10
		}
	}
	return run
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
