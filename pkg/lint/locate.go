package lint

import "github.com/kgen-dev/kgen/pkg/workers"

// locate finds the places of findings, which stand object by object. What one file was
// read to is one goroutine's, for a file has to be read again for its places.
func locate(findings []Finding, goroutines int) {
	var files [][]Finding
	for begin, end := 0, 0; begin < len(findings); begin = end {
		source := findings[begin].Object.Origin.Source
		for end = begin; end < len(findings) && findings[end].Object.Origin.Source == source; end++ {
		}
		files = append(files, findings[begin:end])
	}
	workers.Each(len(files), workers.Count(goroutines), func(_, i int) {
		for j := range files[i] {
			f := &files[i][j]
			f.pos, f.byDefault = f.Object.Locate(f.At)
			for k := range f.Related {
				other := &f.Related[k]
				other.pos, _ = other.Object.Locate(other.At)
			}
		}
	})
}
