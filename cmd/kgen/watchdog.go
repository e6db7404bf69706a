package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxHeap is how many bytes evaluations may grow the heap to.
const maxHeap = 2 << 30

// watchdog watches the evaluations of CUE that users wrote. They cannot be
// interrupted: all that is left is to end the process.
type watchdog struct {
	timeout time.Duration
	heap    uint64

	mutex   sync.Mutex
	next    int
	running map[int]evaluation
}

// evaluation is one that runs.
type evaluation struct {
	file  string
	since time.Time
}

func newWatchdog(timeout time.Duration) *watchdog {
	return &watchdog{timeout: timeout, heap: maxHeap, running: map[int]evaluation{}}
}

// evaluate notes that the file's evaluation starts; done notes its end.
func (w *watchdog) evaluate(file string) (done func()) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.next++
	id := w.next
	w.running[id] = evaluation{file, time.Now()}
	return func() {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		delete(w.running, id)
	}
}

// check returns an error when an evaluation has used up its time, or all of them
// the memory.
func (w *watchdog) check(now time.Time) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if len(w.running) == 0 {
		return nil
	}
	var files []string
	for _, e := range w.running {
		files = append(files, e.file)
		if now.Sub(e.since) > w.timeout {
			return fmt.Errorf("%s: evaluation takes over %s; nothing was written (--timeout gives it longer)", e.file, w.timeout)
		}
	}
	if used := heapInUse(); used > w.heap {
		slices.Sort(files)
		return fmt.Errorf("%s: evaluation takes over %d MiB of memory; nothing was written",
			strings.Join(slices.Compact(files), ", "), w.heap>>20)
	}
	return nil
}

// heapInUse is the number of bytes that objects on the heap take.
func heapInUse() uint64 { return metric("/memory/classes/heap/objects:bytes") }
