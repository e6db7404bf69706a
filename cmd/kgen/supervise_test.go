package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWatchdog(t *testing.T) {
	dog := newWatchdog(time.Second)
	now := time.Now()
	if err := dog.check(now.Add(time.Hour)); err != nil {
		t.Errorf("nothing runs: %v", err)
	}
	done := dog.evaluate("services/slow.cue")
	if err := dog.check(now); err != nil {
		t.Errorf("it has time: %v", err)
	}
	err := dog.check(now.Add(2 * time.Second))
	if err == nil || !strings.HasPrefix(err.Error(), "services/slow.cue: evaluation takes over 1s; nothing was written") {
		t.Errorf("got %v", err)
	}
	dog.heap = 1
	err = dog.check(now)
	if err == nil || !strings.HasPrefix(err.Error(), "services/slow.cue: evaluation takes over 0 MiB of memory") {
		t.Errorf("got %v", err)
	}
	done()
	if err := dog.check(now.Add(time.Hour)); err != nil {
		t.Errorf("it is done: %v", err)
	}
}

func TestSupervisorGivesUp(t *testing.T) {
	dog := newWatchdog(time.Millisecond)
	s := newSupervisor(dog, &process{})
	release := make(chan struct{})
	var wait sync.WaitGroup
	wait.Add(1)
	err := s.run(func(context.Context) error {
		defer wait.Done()
		dog.evaluate("services/slow.cue")
		<-release
		if s.commit() {
			t.Error("a run that was given up writes")
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "services/slow.cue") {
		t.Errorf("got %v", err)
	}
	close(release)
	wait.Wait()
}

func skipWithoutSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals to send")
	}
}

// interruptSelf does what Ctrl-C does.
func interruptSelf(t *testing.T) {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(os.Interrupt)
	}
	if err != nil {
		t.Error(err)
	}
}

func TestSupervisorWaitsForWrites(t *testing.T) {
	skipWithoutSignals(t)
	s := newSupervisor(newWatchdog(time.Hour), &process{})
	want := errors.New("taken back")
	err := s.run(func(ctx context.Context) error {
		s.commit()
		interruptSelf(t)
		<-ctx.Done()
		time.Sleep(5 * watchEvery)
		return want
	})
	if !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

func TestInterrupt(t *testing.T) {
	skipWithoutSignals(t)
	s := newSupervisor(newWatchdog(time.Hour), &process{})
	release := make(chan struct{})
	defer close(release)
	err := s.run(func(context.Context) error {
		interruptSelf(t)
		<-release
		return nil
	})
	if !errors.Is(err, errInterrupted) {
		t.Errorf("got %v", err)
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	for _, isTerminal := range []bool{false, true} {
		var stderr strings.Builder
		s := newSupervisor(newWatchdog(time.Hour), &process{stderr: &stderr, isStderrTerminal: isTerminal})
		s.enter("reading services")
		err := s.run(func(context.Context) error {
			time.Sleep(progressAfter + 5*watchEvery)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if got := stderr.String(); strings.Contains(got, "kgen: reading services, 1 s") != isTerminal || strings.HasSuffix(got, "\r\x1b[K") != isTerminal {
			t.Errorf("terminal %v: %q", isTerminal, got)
		}
	}
}

func TestSubdir(t *testing.T) {
	for _, test := range []struct {
		paths      []string
		root, want string
	}{
		{nil, ".", "."},
		{[]string{"./..."}, ".", "."},
		{[]string{"./..."}, "apps/shop", "apps/shop"},
		{[]string{"..."}, "apps/shop", "apps/shop"},
		{[]string{"apps/..."}, "apps/shop", "shop"},
		{[]string{"apps"}, "apps/shop", "shop"},
		{[]string{"apps/shop"}, "apps/shop", "."},
		{[]string{"apps/shop/services/web.cue"}, "apps/shop", "."},
		{[]string{"../other/..."}, "../other/x", "x"},
	} {
		if got := subdir(test.paths, filepath.FromSlash(test.root)); filepath.ToSlash(got) != test.want {
			t.Errorf("subdir(%q, %q) = %q, want %q", test.paths, test.root, got, test.want)
		}
	}
}
