package lint

// SetBefore takes the objects as they were before a change, by which rules tell what a
// cluster does not let change. It has to be called before rules run.
func (x *Index) SetBefore(objects []*Object) {
	x.before = make(map[key]*Object, len(objects))
	for _, o := range objects {
		x.before[keyOf(o)] = o
	}
}

// Before is an object as it was; nil where that is not known.
func (x *Index) Before(o *Object) *Object { return x.before[keyOf(o)] }

func keyOf(o *Object) key { return key{o.GroupKind(), o.space(), o.Name} }
