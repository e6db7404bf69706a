package org

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	kruntime "k8s.io/apimachinery/pkg/runtime"
	kjson "sigs.k8s.io/json"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// values are objects as expressions see them. Rules run over an object one after the
// other, so that it is enough to keep the last few.
type values struct {
	mu     sync.Mutex
	recent []recentValue
	next   int

	services sync.Mutex // the tree of one service is made at a time
}

type recentValue struct {
	object *lint.Object
	value  ref.Val
}

// newValues has room for the object of each goroutine.
func newValues() *values { return &values{recent: make([]recentValue, 2*runtime.GOMAXPROCS(0))} }

// object is an object, as what was written.
func (v *values) object(o *lint.Object) ref.Val {
	v.mu.Lock()
	for i := range v.recent {
		if v.recent[i].object == o {
			defer v.mu.Unlock()
			return v.recent[i].value
		}
	}
	v.mu.Unlock()
	value := valueOf(o)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.recent[v.next] = recentValue{o, value}
	v.next = (v.next + 1) % len(v.recent)
	return value
}

func valueOf(o *lint.Object) ref.Val {
	if n := o.Node(); n != nil {
		return fromTree(n)
	}
	fields, err := kruntime.DefaultUnstructuredConverter.ToUnstructured(o.Value)
	if err != nil {
		return types.NewErr("%s cannot be read", o.Ref())
	}
	return types.DefaultTypeAdapter.NativeToValue(fields)
}

// fromTree is a tree as JSON has it, with whole numbers as such.
func fromTree(n *tree.Node) ref.Val {
	var value any
	if err := kjson.UnmarshalCaseSensitivePreserveInts(n.AppendJSON(nil), &value); err != nil {
		return types.WrapErr(fmt.Errorf("read it: %w", err))
	}
	return types.DefaultTypeAdapter.NativeToValue(value)
}

// The keys of what is kept beside an index.
type (
	everyKey    struct{}
	togetherKey struct{ dir, kinds string }
	serviceKey  struct{ name string }
)

// objects are all objects that may be meant for the cluster of o, of those kinds that
// matter.
func (v *values) objects(o *lint.Object, all *lint.Index, u *uses) ref.Val {
	every := lint.Memo(all, everyKey{}, func() (list []func() ref.Val) {
		for _, other := range all.Objects() {
			list = append(list, sync.OnceValue(func() ref.Val { return valueOf(other) }))
		}
		return list
	})
	key := togetherKey{o.Dir, strings.Join(u.kinds, " ")}
	if u.isWide {
		key.kinds = "*"
	}
	return lint.Memo(all, key, func() ref.Val {
		var together []ref.Val
		for i, other := range all.Objects() {
			if (u.isWide || slices.Contains(u.kinds, other.Kind)) && all.AreTogether(o, other) {
				together = append(together, every[i]())
			}
		}
		return types.NewRefValList(types.DefaultTypeAdapter, together)
	})
}

// service is the service that an object is rendered for; null for any other object.
func (v *values) service(o *lint.Object, all *lint.Index) ref.Val {
	if o.Service == "" || all.ServiceTree == nil {
		return types.NullValue
	}
	return lint.Memo(all, serviceKey{o.Service}, func() ref.Val {
		v.services.Lock()
		defer v.services.Unlock()
		written := all.ServiceTree(o.Service)
		if written == nil || written.Kind != tree.Map {
			return types.NullValue
		}
		if written.Get("name") == nil {
			written = written.Without()
			written.Set("name", written.Pos, &tree.Node{Kind: tree.String, Text: o.Service, Pos: written.Pos})
		}
		return fromTree(written)
	})
}
