package diff

import (
	"slices"
	"strconv"
	"strings"
)

// Result is all that changes.
type Result struct {
	Changes []*Change
	// Foreign counts the objects that were there and are not of the project.
	Foreign int

	start int // of the changes of this project
}

// Begin begins another project: what changes alike in two is two changes.
func (r *Result) Begin() { r.start = len(r.Changes) }

// Counts are the numbers of objects, by what happens to them, and of those that need
// care.
type Counts struct {
	Added, Changed, Removed, Care int
}

// Add takes what changes in an environment of a project. What changes alike in several
// is one change.
func (r *Result) Add(environment string, changes []*Change, foreign int) {
	r.Foreign += foreign
	known := make(map[string]*Change, len(r.Changes)-r.start)
	for _, c := range r.Changes[r.start:] {
		known[c.text()] = c
	}
	for _, c := range changes {
		if environment != "" {
			c.Environments = []string{environment}
		}
		same := known[c.text()]
		if same == nil || environment == "" || slices.Contains(same.Environments, environment) {
			r.Changes = append(r.Changes, c)
			continue
		}
		same.Environments = append(same.Environments, environment)
		if same.Namespace != c.Namespace {
			same.Namespace = ""
		}
	}
}

// text is all of a change but where it happens.
func (c *Change) text() string {
	var b strings.Builder
	b.WriteString(strings.Join([]string{string(c.Action), c.APIVersion, c.Kind, c.Name, c.Service}, "\x00"))
	put := func(v *value) {
		if v != nil {
			b.WriteString("\x00" + strconv.Quote(full(v)))
		}
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		b.WriteString("\x00" + f.Path + "\x00" + string(f.Action))
		put(f.old)
		put(f.new)
	}
	for _, m := range c.Cares {
		b.WriteString("\x00" + m.ID + m.Path + m.Message)
	}
	if len(c.Fields) == 0 {
		put(c.whole)
	}
	return b.String()
}

// Counts counts the objects.
func (r *Result) Counts() (n Counts) {
	for _, c := range r.Changes {
		switch c.Action {
		case Added:
			n.Added++
		case Removed:
			n.Removed++
		default:
			n.Changed++
		}
		if c.HasCare() {
			n.Care++
		}
	}
	return n
}

// String is the numbers in one line.
func (n Counts) String() string {
	text := strconv.Itoa(n.Added) + " added, " + strconv.Itoa(n.Changed) + " changed, " + strconv.Itoa(n.Removed) + " removed"
	switch n.Care {
	case 0:
		return text
	case 1:
		return text + "; 1 needs care"
	}
	return text + "; " + strconv.Itoa(n.Care) + " need care"
}

// group is the changes of the same environments.
type group struct {
	environments []string
	changes      []*Change
}

// groups are the changes by where they happen, those of most environments first.
func (r *Result) groups() (groups []*group) {
	for _, c := range r.Changes {
		at := slices.IndexFunc(groups, func(g *group) bool { return slices.Equal(g.environments, c.Environments) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &group{environments: c.Environments})
		}
		groups[at].changes = append(groups[at].changes, c)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return len(b.environments) - len(a.environments) })
	return groups
}
