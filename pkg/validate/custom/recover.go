package custom

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// guarded runs code of the server and makes an error of a panic: what the server
// recovers from costs it one request, and must not cost kgen its run.
func guarded(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the server's code panics: %v", r)
		}
	}()
	return do()
}

// recoverInto, deferred, makes an error of a panic.
func recoverInto(errs *field.ErrorList) {
	if r := recover(); r != nil {
		*errs = append(*errs, field.InternalError(nil, fmt.Errorf("the server's code panics: %v", r)))
	}
}
