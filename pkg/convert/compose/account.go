package compose

import (
	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// account says of each key of the files what became of it, once.
type account struct {
	model  *Model
	report *convert.Report
	// told are the paths of the long form that something was said of, and what.
	told map[string]convert.Outcome
	// above are those that stand above one of told.
	above map[string]bool
	said  map[convert.Item]bool
	// solved are the places where a variable need not be set.
	solved map[tree.Pos]bool
}

func newAccount(m *Model) *account {
	return &account{
		model: m, report: m.loader.report, told: map[string]convert.Outcome{}, above: map[string]bool{}, said: map[convert.Item]bool{},
		solved: map[tree.Pos]bool{},
	}
}

// keep says that what stands at a path comes to the same in a field of a service.
func (a *account) keep(service, field string, at ...any) {
	a.say(convert.Item{Outcome: convert.Kept, Service: service, Field: field}, at)
}

// change says what comes to something else in a field of a service, and why.
func (a *account) change(service, field, message string, at ...any) {
	a.say(convert.Item{Outcome: convert.Changed, Service: service, Field: field, Message: message}, at)
}

// drop says why what stands at a path has no part.
func (a *account) drop(service, message string, at ...any) {
	a.say(convert.Item{Outcome: convert.Dropped, Service: service, Message: message}, at)
}

// owe says what kgen demands and is declined for the sake of the input.
func (a *account) owe(service, field, message string, at ...any) {
	a.say(convert.Item{Outcome: convert.Debt, Service: service, Field: field, Message: message}, at)
}

// ask says what somebody has to say still.
func (a *account) ask(service, field, message string, at ...any) {
	a.say(convert.Item{Outcome: convert.ToDo, Service: service, Field: field, Message: message}, at)
}

// refuse says what is wrong.
func (a *account) refuse(service, message string, at ...any) {
	a.say(convert.Item{Outcome: convert.Wrong, Service: service, Message: message}, at)
}

func (a *account) say(i convert.Item, at tree.Path) {
	if key := at.String(); a.told[key] == "" || i.Outcome != convert.Kept {
		a.told[key] = i.Outcome
	}
	for n := range at {
		a.above[at[:n].String()] = true
	}
	p := a.model.place(at)
	i.Path, i.Pos = p.shown.String(), p.pos
	if !a.said[i] {
		a.said[i] = true
		a.report.Add(i)
	}
}

// isTold reports whether something was said of a path, or of what stands below it.
func (a *account) isTold(at tree.Path) bool {
	key := at.String()
	return a.told[key] != "" || a.above[key]
}
