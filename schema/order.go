package schema

import "slices"

// order are the indexes of names in an order in which everything stands after what
// it needs: that moves up, to just before the first that needs it, and nothing
// else moves. A need that no name has is passed over. Where needs form cycles, each
// of cycles names the members of one, the first one needing the second and so on;
// the order is then as good as it can be. None is left once every cycle is broken.
func order(names []string, needs func(i int) []string) (places []int, cycles [][]string) {
	o := ordering{names: names, needs: needs, index: make(map[string]int, len(names)), state: make([]orderState, len(names))}
	for i, name := range names {
		o.index[name] = i
	}
	o.places = make([]int, 0, len(names))
	for i := range names {
		o.place(i)
	}
	return o.places, o.cycles
}

func namesOf[T any](m Map[T]) []string {
	names := make([]string, len(m))
	for i := range m {
		names[i] = m[i].Key
	}
	return names
}

type orderState uint8

const (
	isWaiting orderState = iota
	isOpen               // what it needs is being placed
	isPlaced
)

type ordering struct {
	names  []string
	needs  func(i int) []string
	index  map[string]int
	state  []orderState
	open   []int // the chain of needs that leads to the current one
	places []int
	cycles [][]string
}

// place appends i after everything that it needs.
func (o *ordering) place(i int) {
	switch o.state[i] {
	case isPlaced:
		return
	case isOpen:
		o.foundCycle(i)
		return
	}
	o.state[i] = isOpen
	o.open = append(o.open, i)
	for _, need := range o.needs(i) {
		if j, ok := o.index[need]; ok {
			o.place(j)
		}
	}
	o.open = o.open[:len(o.open)-1]
	o.state[i] = isPlaced
	o.places = append(o.places, i)
}

// foundCycle notes a cycle, which starts and ends at i, once.
func (o *ordering) foundCycle(i int) {
	start := len(o.open) - 1
	for o.open[start] != i {
		start--
	}
	var cycle []string
	for _, member := range o.open[start:] {
		cycle = append(cycle, o.names[member])
	}
	if n := len(o.cycles); n == 0 || !slices.Equal(o.cycles[n-1], cycle) { // a need may be written twice
		o.cycles = append(o.cycles, cycle)
	}
}
