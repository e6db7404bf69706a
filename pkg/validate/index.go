package validate

import (
	"fmt"
	"strings"
	"unique"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// identity is what no two objects of a cluster share.
type identity struct{ group, kind, namespace, name string }

// clone shares no memory with the document that the names were read from, but with
// other clones what many have in common.
func (id identity) clone() identity {
	return identity{shared(id.group), shared(id.kind), shared(id.namespace), strings.Clone(id.name)}
}

func shared(name string) string { return unique.Make(name).Value() }

// place is where an object stands.
type place struct {
	identity
	pos tree.Pos
}

// index finds objects that stand twice, and what two Services ask for.
type index struct {
	first    map[identity]tree.Pos
	findings []report.Finding
	// pairs are the findings about two directories that have objects in common.
	pairs map[[2]string]*pair
	// claims are what Services asked for first, by value; claimed, the directories
	// of which is said that they ask for the same.
	claims  map[string]claim
	claimed map[[2]string]bool
}

type pair struct{ finding, objects int }

func newIndex() *index {
	return &index{
		first: map[identity]tree.Pos{}, pairs: map[[2]string]*pair{},
		claims: map[string]claim{}, claimed: map[[2]string]bool{},
	}
}

// add takes the objects of one input, and reports those that stood before.
func (x *index) add(objects []place) {
	for _, o := range objects {
		first, isSecond := x.first[o.identity]
		switch {
		case o.name == "": // the server gives it one
		case !isSecond:
			x.first[o.identity] = o.pos
		case first.Source.Dir == o.pos.Source.Dir:
			x.report(o, first, report.Error).Fix = "rename one of the two, or remove it"
		default:
			x.addPair(o, first)
		}
	}
}

func (x *index) report(o place, first tree.Pos, severity report.Severity) *report.Finding {
	f := report.Finding{
		Pos: o.pos, Severity: severity, ID: DuplicateObject, Path: tree.P("metadata", "name"), Objects: []string{o.kind + "/" + o.name},
		Message: fmt.Sprintf("the same object as in %s", first),
	}
	if o.namespace != "" {
		f.Message += ", in namespace " + o.namespace
	}
	x.findings = append(x.findings, f)
	return &x.findings[len(x.findings)-1]
}

// addPair reports an object that stands in two directories. They may be meant for
// two clusters, and then have much in common: one warning tells of all.
func (x *index) addPair(o place, first tree.Pos) {
	key := [2]string{first.Source.Dir, o.pos.Source.Dir}
	p := x.pairs[key]
	if p == nil {
		x.pairs[key] = &pair{len(x.findings), 1}
		x.report(o, first, report.Warning).Fix = "where both directories are meant for one cluster, remove one"
		return
	}
	f := &x.findings[p.finding]
	f.Message = strings.TrimSuffix(f.Message, p.more())
	p.objects++
	f.Message += p.more()
}

// more tells how many objects the two directories have in common.
func (p *pair) more() string {
	switch p.objects {
	case 1:
		return ""
	case 2:
		return ", and so is one more of these two directories"
	}
	return fmt.Sprintf(", and so are %d more of these two directories", p.objects-1)
}
