// Package workers spreads independent work over goroutines.
package workers

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Count is how many goroutines to use where asked were asked for; 0 is one a
// processor.
func Count(asked int) int {
	if asked <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return asked
}

// Each calls do for every i from 0 to n-1, on count goroutines at most, and
// returns when all are done. worker, from 0 to count-1, is the goroutine's own:
// no two calls have it at once.
func Each(n, count int, do func(worker, i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for worker := range min(n, count) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(worker, i)
			}
		})
	}
	wait.Wait()
}
