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
	var none *heapLimit
	none.follow(1 << 40)
}
