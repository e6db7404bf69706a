package lint

import (
	"cmp"
	"slices"
	"sort"
)

// ignoreIndex finds the ignores that may cover a finding: there may be as many of each.
type ignoreIndex struct {
	byObject  map[*Object][]*Ignore
	byService map[string][]*Ignore
	comments  map[inFile]*extents
	byRule    map[string][]*Ignore // of the configuration
}

// inFile is a rule in a file.
type inFile struct{ file, rule string }

// extents are comments of one file about one rule, by where what they are for begins.
type extents struct {
	ignores []*Ignore
	last    []int32 // the last line of all up to this one
}

func indexIgnores(ignores []*Ignore) *ignoreIndex {
	x := &ignoreIndex{map[*Object][]*Ignore{}, map[string][]*Ignore{}, map[inFile]*extents{}, map[string][]*Ignore{}}
	for _, i := range ignores {
		switch {
		case i.object != nil:
			x.byObject[i.object] = append(x.byObject[i.object], i)
		case i.service != "":
			x.byService[i.service] = append(x.byService[i.service], i)
		default:
			x.addOfRules(i)
		}
	}
	for _, e := range x.comments {
		slices.SortStableFunc(e.ignores, func(a, b *Ignore) int { return cmp.Compare(a.first, b.first) })
		last := int32(0)
		for _, i := range e.ignores {
			last = max(last, i.last)
			e.last = append(e.last, last)
		}
	}
	return x
}

func (x *ignoreIndex) addOfRules(i *Ignore) {
	for at, rule := range i.Rules {
		if slices.Contains(i.Rules[:at], rule) {
			continue
		}
		if i.first == 0 {
			x.byRule[rule] = append(x.byRule[rule], i)
			continue
		}
		key := inFile{i.Pos.File(), rule}
		if x.comments[key] == nil {
			x.comments[key] = &extents{}
		}
		x.comments[key].ignores = append(x.comments[key].ignores, i)
	}
}

// covering yields the ignores that cover a finding, which was located.
func (x *ignoreIndex) covering(f *Finding, yield func(i *Ignore)) {
	some := func(ignores []*Ignore) {
		for _, i := range ignores {
			if i.covers(f, f.pos) {
				yield(i)
			}
		}
	}
	some(x.byObject[f.Object])
	if f.Object.Service != "" {
		some(x.byService[f.Object.Service])
	}
	if e := x.comments[inFile{f.pos.File(), f.Rule.ID}]; e != nil {
		line := f.pos.Line
		n := sort.Search(len(e.ignores), func(n int) bool { return e.ignores[n].first > line })
		for ; n > 0 && e.last[n-1] >= line; n-- {
			some(e.ignores[n-1 : n])
		}
	}
	some(x.byRule[f.Rule.ID])
}

// isIgnored reports whether an ignore covers a finding, which was located, and may.
func (s *Settings) isIgnored(f *Finding, ignores *ignoreIndex) (isIgnored bool) {
	ignores.covering(f, func(i *Ignore) {
		if s.isLocked(i, f.Rule.ID) {
			return
		}
		isIgnored = true
		if !slices.Contains(i.used, f.Rule.ID) {
			i.used = append(i.used, f.Rule.ID)
		}
	})
	return isIgnored
}
