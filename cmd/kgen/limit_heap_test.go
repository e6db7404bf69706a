package main

import (
	"slices"
	"testing"
)

// TestHeapLimit demands that the limit keeps above what is alive, in few steps.
func TestHeapLimit(t *testing.T) {
	var limits []int64
	l := newHeapLimit(100, func(limit int64) int64 {
		limits = append(limits, limit)
		return 0
	})
	for _, live := range []uint64{0, 50, 66, 70, 80, 82, 200, 300, 290, 120, 60} {
		l.follow(live)
	}
	if want := []int64{100, 120, 300, 450, 180}; !slices.Equal(limits, want) {
		t.Errorf("the limits were %v, want %v", limits, want)
	}
	l.raise(90) // it is higher
	l.raise(400)
	l.follow(60)
	l.follow(300)
	if want := []int64{400, 450}; !slices.Equal(limits[5:], want) {
		t.Errorf("raised, the limits were %v, want %v", limits[5:], want)
	}
	var none *heapLimit
	none.follow(1 << 40)
	none.raise(1 << 40)
}
