package lint

import "sync"

// Memo returns what make returns, which is called once for the index and the key. It is
// for look-ups of rules that are not part of kgen; the keys of each have a type of their
// own.
func Memo[T any](x *Index, key any, make func() T) T {
	found, isMade := x.memos.Load(key)
	if !isMade {
		found, _ = x.memos.LoadOrStore(key, sync.OnceValue(make))
	}
	once, _ := found.(func() T)
	return once()
}
