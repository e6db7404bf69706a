package fix

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// Versioned is an object whose API version is gone, or will go.
type Versioned struct {
	Node *tree.Node
	// Edits are other edits of the object, which are made as well.
	Edits []Edit
	// Next is the API version that it can have instead with nothing else changed; empty
	// where there is none.
	Next string
}

// Edit gives the object its next API version.
func (o *Versioned) Edit() Edit {
	return Set(tree.P("apiVersion"), o.Node.Get("apiVersion").Text, o.Next)
}

// Versions finds out what API version objects can have. It has to be served by all
// releases that they are for, which know the custom resources of schemas, and the object
// has to be one that these take.
func Versions(objects []*Versioned, releases []apiserver.Release, schemas *custom.Schemas) error {
	for _, o := range objects {
		o.Next = ""
		if isSame(o.Node) {
			o.Next = next(o.Node.Get("apiVersion").Text, o.Node.Get("kind").Text, releases)
		}
	}
	for _, release := range releases {
		err := validate.Under(release, schemas, func(j *validate.Judge) {
			for _, o := range objects {
				if o.Next != "" && !o.isTaken(j) {
					o.Next = ""
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// next is the API version of a kind that is served, and not deprecated, in all releases.
func next(apiVersion, kind string, releases []apiserver.Release) (next string) {
	for i := range releases {
		minor := releases[i].Minor
		found := versions.Served(kind, apiVersion, minor)
		life, _ := versions.LifecycleOf(found, kind)
		if found == "" || i > 0 && found != next || life.Deprecated != 0 && life.Deprecated <= minor {
			return ""
		}
		next = found
	}
	return next
}

// isTaken reports whether a server takes the object in its next API version.
func (o *Versioned) isTaken(j *validate.Judge) bool {
	n := clone(o.Node)
	n.Get("apiVersion").Text = o.Next
	for i := range o.Edits {
		e := &o.Edits[i]
		if _, value := e.find(n); value != nil {
			if change, fits := e.apply(n, value.Text); fits { // what is typed is not known here
				change()
			}
		}
	}
	_, problems := j.Node(n)
	for i := range problems {
		if problems[i].Severity == report.Error {
			return false
		}
	}
	return true
}
