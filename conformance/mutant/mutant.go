package mutant

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Mutant is a changed manifest.
type Mutant struct {
	Seed, Number uint64 // make it again, from the same manifests
	From         string // the manifest it was
	Steps        []Step
	Text         []byte
}

// Step is one change.
type Step struct {
	Class string // of the changes listed in classes
	Where string // the path in the manifest
	What  string // what stands there now
}

// String is the step in one line.
func (s Step) String() string { return fmt.Sprintf("%s %s: %s", s.Class, s.Where, s.What) }

// Maker makes mutants.
type Maker struct {
	manifests []manifest
	parts     bank
	seed      uint64
}

// NewMaker makes mutants of manifests, each one YAML document of a kind in
// k8s.io/api; others are left out. seed decides about everything.
func NewMaker(manifests []Manifest, seed uint64) *Maker {
	m := &Maker{seed: seed, parts: bank{}}
	for _, given := range manifests {
		if read, ok := readManifest(given); ok {
			m.manifests = append(m.manifests, read)
			m.parts.take(read)
		}
	}
	return m
}

// Len is the number of manifests that mutants are made of.
func (m *Maker) Len() int { return len(m.manifests) }

// Make makes the mutant of a number.
func (m *Maker) Make(number uint64) Mutant {
	w := &worker{Rand: rand.New(rand.NewPCG(m.seed, number)), parts: m.parts}
	// Kinds take turns, so that those of many manifests do not crowd out the rest.
	from := m.pick(w)
	w.root, w.typ = clone(from.root), from.typ
	made := Mutant{Seed: m.seed, Number: number, From: from.name}
	for range 1 + w.pickWeighted([]int{65, 22, 13}) {
		w.change()
	}
	text := w.write()
	text = w.changeText(text)
	made.Steps, made.Text = w.steps, text
	return made
}

// pick is the manifest to start from.
func (m *Maker) pick(w *worker) *manifest {
	byKind := map[string][]*manifest{}
	var kinds []string
	for i := range m.manifests {
		kind := m.manifests[i].kind
		if byKind[kind] == nil {
			kinds = append(kinds, kind)
		}
		byKind[kind] = append(byKind[kind], &m.manifests[i])
	}
	weights := make([]int, len(kinds))
	for i, kind := range kinds {
		weights[i] = weightOf(kind)
	}
	of := byKind[kinds[w.pickWeighted(weights)]]
	return of[w.IntN(len(of))]
}

// weightOf is how often a kind is taken: those with more rules more often.
func weightOf(kind string) int {
	switch {
	case strings.HasSuffix(kind, "/Pod"), strings.HasSuffix(kind, "/Service"):
		return 10
	case strings.HasSuffix(kind, "/Deployment"), strings.HasSuffix(kind, "/StatefulSet"), strings.HasSuffix(kind, "/Job"):
		return 6
	case strings.HasPrefix(kind, "autoscaling/v2"), strings.HasSuffix(kind, "/PersistentVolume"):
		return 4
	case strings.HasSuffix(kind, "/Ingress"), strings.HasSuffix(kind, "/NetworkPolicy"), strings.HasSuffix(kind, "/CronJob"):
		return 4
	}
	return 2
}

// worker makes one mutant.
type worker struct {
	*rand.Rand
	parts bank
	root  *yaml.Node
	typ   goType
	steps []Step
}

func (w *worker) note(class, where, what string) {
	if len(what) > 80 {
		what = what[:80] + "..."
	}
	w.steps = append(w.steps, Step{class, where, what})
}

// pickWeighted is an index, by the weights.
func (w *worker) pickWeighted(weights []int) int {
	sum := 0
	for _, weight := range weights {
		sum += weight
	}
	n := w.IntN(sum)
	for i, weight := range weights {
		if n -= weight; n < 0 {
			return i
		}
	}
	return 0
}

// chance is true in so many of a hundred.
func (w *worker) chance(percent int) bool { return w.IntN(100) < percent }

func pickFrom[T any](w *worker, from []T) T { return from[w.IntN(len(from))] }

// change makes one change of any class. A change that finds no place in the
// manifest gives way to another.
func (w *worker) change() {
	weights := make([]int, len(classes))
	for i := range classes {
		weights[i] = classes[i].weight
	}
	for range 20 {
		if classes[w.pickWeighted(weights)].apply(w) {
			return
		}
	}
}
