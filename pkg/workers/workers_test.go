package workers

import "testing"

// TestEach demands that every index is worked on once, by workers in bounds.
func TestEach(t *testing.T) {
	for _, tt := range []struct{ n, count int }{{0, 3}, {1, 3}, {100, 1}, {100, 7}} {
		calls := make([]int, tt.n)
		Each(tt.n, tt.count, func(worker, i int) {
			if worker < 0 || worker >= tt.count {
				t.Errorf("worker %d of %d", worker, tt.count)
			}
			calls[i]++
		})
		for i, c := range calls {
			if c != 1 {
				t.Errorf("n %d, count %d: index %d was called %d times", tt.n, tt.count, i, c)
			}
		}
	}
}
