package lint

// dirs are the directories of objects, by number, and which of them hold alternatives. A
// repository may have thousands.
type dirs struct {
	numbers map[string]int
	apart   []bitSet       // of two that hold alternatives, one has the other
	several map[key]bitSet // those that define a name, where they are more than one
}

// bitSet is a set of small numbers.
type bitSet []uint64

func (b bitSet) has(n int) bool { return n/64 < len(b) && b[n/64]&(1<<(n%64)) != 0 }

func (b *bitSet) grow(words int) {
	for len(*b) < words {
		*b = append(*b, 0)
	}
}

func (b *bitSet) add(n int) {
	b.grow(n/64 + 1)
	(*b)[n/64] |= 1 << (n % 64)
}

func (b *bitSet) addAll(other bitSet) {
	b.grow(len(other))
	for i, word := range other {
		(*b)[i] |= word
	}
}

func (d *dirs) number(dir string) int {
	n, known := d.numbers[dir]
	if !known {
		n = len(d.numbers)
		d.numbers[dir] = n
		d.apart = append(d.apart, nil)
	}
	return n
}

// define notes that a directory defines a name that first, the first of all directories,
// does as well: it holds an alternative to each that did before.
func (d *dirs) define(k key, first, dir int) {
	several := d.several[k]
	if several == nil {
		if first == dir {
			return
		}
		several.add(first)
	}
	d.apart[dir].addAll(several)
	several.add(dir)
	d.several[k] = several
}

func (d *dirs) areApart(a, b int) bool { return d.apart[a].has(b) || d.apart[b].has(a) }
