package apiserver

import (
	"fmt"
	"reflect"
	"sync"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/capabilities"

	// A CronJob's timeZone is looked up as the server does, whose image may have
	// no zoneinfo either.
	_ "time/tzdata"
)

// Verdict is what the server says of a new object.
type Verdict struct {
	// Errors have the server's paths and words, in the server's order of stages;
	// within a stage by path. A stage repeats no path of an earlier one.
	Errors field.ErrorList
	// FirstStage is how many of Errors, from the start, stem from the first stage
	// that failed. A server answers with these alone.
	FirstStage int
	// Warnings are the server's own, sorted.
	Warnings []string
}

// Create does with obj, a pointer to a k8s.io/api object of a kind that Handles,
// what the server does on create. obj is changed: defaults are filled in, and what
// is judged shares its memory.
func Create(obj runtime.Object) (verdict Verdict) {
	defer func() {
		if r := recover(); r != nil {
			verdict = broken(obj, fmt.Errorf("panic: %v", r))
		}
	}()
	k := kindOf(obj)
	if k == nil {
		return broken(obj, fmt.Errorf("not a kind whose rules are known"))
	}
	setUp()
	return k.rules.create(obj, k.clusterScoped)
}

// setUp sets what the rules have one of in a process. It is --allow-privileged,
// which every installer sets: off, the flag's default, privileged containers would
// be refused. And the rules log, which nobody asked for.
var setUp = sync.OnceFunc(func() {
	capabilities.Setup(true, 0)
	klog.SetLogger(klog.Logger{})
})

// broken is the verdict when the rules themselves fail.
func broken(obj runtime.Object, err error) Verdict {
	name := "object"
	if t := reflect.TypeOf(obj); t != nil && t.Kind() == reflect.Pointer {
		name = t.Elem().Name()
	}
	err = fmt.Errorf("judging a %s: %w", name, err)
	return Verdict{Errors: field.ErrorList{field.InternalError(field.NewPath(""), err)}, FirstStage: 1}
}
