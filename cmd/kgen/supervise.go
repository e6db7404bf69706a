package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// errInterrupted ends a run that the user stopped.
var errInterrupted = errors.New("interrupted; nothing was written")

// supervisor runs an operation, shows that it goes on, and gives it up when the
// watchdog or the user says so, but not once it began to write.
type supervisor struct {
	dog  *watchdog
	heap *heapLimit
	// progress shows the stage; nil where nobody reads along.
	progress io.Writer

	stage   atomic.Pointer[string]
	isFinal atomic.Bool
	isOver  atomic.Bool // the operation came to its end
}

func newSupervisor(dog *watchdog, p *process) *supervisor {
	s := &supervisor{dog: dog, heap: p.heap}
	if p.isStderrTerminal {
		s.progress = p.stderr
	}
	s.enter("starting")
	return s
}

// Progress is shown from the first second on.
const (
	watchEvery    = 20 * time.Millisecond
	progressAfter = time.Second
	progressEvery = 10 * watchEvery
)

// enter names what the operation does next.
func (s *supervisor) enter(stage string) { s.stage.Store(&stage) }

// commit is called before anything is written. It returns false when the run was
// given up.
func (s *supervisor) commit() bool { return s.isFinal.CompareAndSwap(false, true) }

// run runs the operation to its end, or gives it up and leaves it behind.
func (s *supervisor) run(operation func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan error, 1)
	go func() {
		err := operation(ctx)
		s.isOver.Store(true)
		done <- err
	}()
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	start := time.Now()
	var shown time.Time
	defer func() {
		if !shown.IsZero() {
			fmt.Fprint(s.progress, "\r\x1b[K")
		}
	}()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			if s.commit() {
				return errInterrupted
			}
			return <-done // it is about to write, and watches the context itself
		case now := <-ticker.C:
			s.heap.follow(metric("/gc/heap/live:bytes"))
			if err := s.dog.check(now); err != nil && s.commit() {
				return err
			}
			if s.progress != nil && now.Sub(start) > progressAfter && now.Sub(shown) > progressEvery {
				shown = now
				fmt.Fprintf(s.progress, "\r\x1b[Kkgen: %s, %d s", *s.stage.Load(), int(now.Sub(start).Seconds()))
			}
		}
	}
}
