package compose

import "github.com/kgen-dev/kgen/pkg/tree"

// origin is an element of the long form of a list, and the number of the one in the file
// that it comes from: an entry of ports may name a range, and one that cannot be read
// has none.
type origin struct {
	index int
	value any
}

// originsOf are the origins of the elements of a list of a file.
func (l *loader) originsOf(f *file, at tree.Path) (list []origin) {
	key := at.String()
	if list, known := f.origins[key]; known {
		return list
	}
	if f.origins == nil {
		f.origins = map[string][]origin{}
	}
	defer func() { f.origins[key] = list }()
	long, _ := valueAt(f.long, at).([]any)
	written, isList := valueAt(f.filled, at).([]any)
	if !isList || len(at) != 3 {
		for i := range long {
			list = append(list, origin{i, long[i]})
		}
		return list
	}
	for i, e := range written {
		model, err := attempt(dict{}, nested(at, []any{e}))
		if err != nil {
			continue
		}
		switch values := valueAt(l.finished(model), at).(type) {
		case []any:
			for _, value := range values {
				list = append(list, origin{i, value})
			}
		case dict: // entry finds it by its key
			return nil
		}
	}
	return list
}
