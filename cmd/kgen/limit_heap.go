package main

import "runtime/metrics"

// heapLimit is the limit that the garbage collector keeps the heap to. It follows
// what is alive: a collector that has no room left runs without end, and the work
// stands still.
type heapLimit struct {
	least, now int64
	set        func(int64) int64
}

func newHeapLimit(least int64, set func(int64) int64) *heapLimit {
	set(least)
	return &heapLimit{least, least, set}
}

// raise is for work that keeps much alive: the limit is no lower than least.
func (l *heapLimit) raise(least int64) {
	if l == nil || least <= l.least {
		return
	}
	l.least = least
	l.follow(0)
}

// follow is told how many bytes are alive, and leaves as much again free as half of
// them. To set the limit stops the process for a moment, so small steps are left out.
func (l *heapLimit) follow(live uint64) {
	if l == nil {
		return
	}
	if limit := max(l.least, int64(live/2*3)); limit > l.now+l.now/16 || limit < l.now/2 {
		l.now = limit
		l.set(limit)
	}
}

// metric is a number of bytes that the runtime counts; 0 where it does not.
func metric(name string) uint64 {
	samples := []metrics.Sample{{Name: name}}
	metrics.Read(samples)
	if samples[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return samples[0].Value.Uint64()
}
