package custom

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Add judges a CRD as the server does on create and, when nothing is wrong, takes
// it in. crd is not changed. The same CRD may be added twice. One that contradicts
// another of the run, by its name or by its kind, is an error, and so it is for
// the server, which would establish the first only.
func (s *Schemas) Add(crd *apiextensionsv1.CustomResourceDefinition) field.ErrorList {
	d := newDefinition(crd)
	if errs := d.judge(followRelease()); len(errs) > 0 {
		return errs
	}
	return s.take(d)
}

// Origin is where a CRD comes from.
type Origin struct {
	Pos tree.Pos
	// Mistakes were made in decoding it: what they are about is missing in it.
	Mistakes []tree.DecodeError
	// IsInstalled is set for a CRD that the cluster has. One of the same name that
	// the run brings takes its place.
	IsInstalled bool
	// Project is the root of the project that renders it, perhaps otherwise in each
	// environment; empty for another.
	Project string
}

// Trust takes in a CRD that the cluster is said to have, or will have, without
// judging it until the first object of it comes: reading the CRDs of a whole
// platform for the few that a run uses has to be cheap. Only contradictions are
// errors.
func (s *Schemas) Trust(crd *apiextensionsv1.CustomResourceDefinition, from Origin) field.ErrorList {
	d := newDefinition(crd)
	d.from = from
	return s.take(d)
}

// Origin is that of the CRD called name, by which objects are judged.
func (s *Schemas) Origin(name string) Origin {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if d := s.names[name]; d != nil {
		return d.from
	}
	return Origin{}
}

// Refusal is what was found wrong with the CRD called name that stands at a place;
// isNeeded is false, and it was not judged, as long as no object needed it.
func (s *Schemas) Refusal(name string, at tree.Pos) (errs field.ErrorList, isNeeded bool) {
	s.mu.RLock()
	d := s.names[name]
	s.mu.RUnlock()
	if d == nil || d.from.Pos != at {
		return nil, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, minor := range slices.Sorted(maps.Keys(d.errors)) {
		if errs = d.errors[minor]; len(errs) > 0 {
			break
		}
	}
	return errs, len(d.errors) > 0
}

func (s *Schemas) take(d *definition) field.ErrorList {
	name := d.crd.Name
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.names[name]
	if known != nil && !d.replaces(known) {
		if reflect.DeepEqual(known.crd.Spec, d.crd.Spec) {
			return nil
		}
		return field.ErrorList{field.Duplicate(field.NewPath("metadata", "name"), name)}
	}
	at := d.groupKind()
	if other := s.kinds[at]; other != nil && other != known {
		return field.ErrorList{field.Invalid(field.NewPath("spec", "names", "kind"), at.Kind, fmt.Sprintf("%q is already in use", at.Kind))}
	}
	if s.kinds == nil {
		s.kinds, s.names = map[schema.GroupKind]*definition{}, map[string]*definition{}
	}
	if known != nil {
		delete(s.kinds, known.groupKind())
	}
	s.kinds[at], s.names[name] = d, d
	return nil
}

// replaces reports whether d takes the place of another CRD of its name: that of
// the cluster, which the run updates, or that of the environment before.
func (d *definition) replaces(known *definition) bool {
	if known.from.IsInstalled || d.from.IsInstalled {
		return known.from.IsInstalled && !d.from.IsInstalled
	}
	return d.from.Project != "" && d.from.Project == known.from.Project && !reflect.DeepEqual(known.crd.Spec, d.crd.Spec)
}

// definition is a CRD with the server's defaults.
type definition struct {
	crd    *apiextensionsv1.CustomResourceDefinition
	from   Origin
	served map[string]*servedVersion

	mu     sync.Mutex
	errors map[uint]field.ErrorList // by the minor of the release that judged it
}

func newDefinition(crd *apiextensionsv1.CustomResourceDefinition) *definition {
	crd = crd.DeepCopy()
	apiextensionsv1.SetObjectDefaults_CustomResourceDefinition(crd)
	d := &definition{crd: crd, served: map[string]*servedVersion{}, errors: map[uint]field.ErrorList{}}
	for i := range crd.Spec.Versions {
		if v := &crd.Spec.Versions[i]; v.Served {
			d.served[v.Name] = &servedVersion{definition: d, spec: v, index: i, compiled: map[uint]*compilation{}}
		}
	}
	return d
}

// judge is what the server of a release says of the CRD; once for each release.
func (d *definition) judge(minor uint) field.ErrorList {
	d.mu.Lock()
	defer d.mu.Unlock()
	errs, judged := d.errors[minor]
	if !judged {
		errs = judgeDefinition(d.crd)
		d.errors[minor] = errs
	}
	return errs
}

func (d *definition) groupKind() schema.GroupKind {
	return schema.GroupKind{Group: d.crd.Spec.Group, Kind: d.crd.Spec.Names.Kind}
}

func (d *definition) isNamespaced() bool {
	return d.crd.Spec.Scope == apiextensionsv1.NamespaceScoped
}
