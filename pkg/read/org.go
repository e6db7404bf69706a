package read

import (
	"slices"

	"cuelang.org/go/cue"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Org is what a kgen.cue says of services and objects in CUE: #Service, which every
// merged service must fit, render, what more each renders to, and policy, which rendered
// objects must fit. Several goroutines may use it, each through a Runner of its own.
type Org struct {
	source   *tree.Source
	data     []byte
	root     string
	packages []Package
	aside    []string

	// Fields are those that #Service adds to a service, sorted.
	Fields []string
	// Policies are the kinds that policy is about, as written, in that order.
	Policies []PolicyKind
	// isBroken is set where something is wrong with it, which was told, areFieldsKnown
	// where Fields are all there are.
	isBroken, areFieldsKnown bool
	// takesService and takesEnvironment are set where render asks for the service and the
	// environment's name.
	takesService, takesEnvironment bool
}

// HasService reports whether services are to be judged; HasRender, whether they render
// to more.
func (o *Org) HasService() bool { return o.has(orgService) }

// HasRender reports whether services render to more than kgen's own.
func (o *Org) HasRender() bool { return o.has(orgRender) }

func (o *Org) has(name string) bool { return o != nil && !o.isBroken && slices.Contains(o.aside, name) }

// KnowsFields reports whether Fields are all fields that #Service adds.
func (o *Org) KnowsFields() bool { return o.areFieldsKnown }

// IsBroken reports whether something is wrong with it, which was told.
func (o *Org) IsBroken() bool { return o != nil && o.isBroken }

// renderFields are what render may say, and what it is told.
var renderFields = []string{"annotations", "environment", "labels", "objects", "patches", "service"}

// Compile evaluates it once, without any service, and reports what is wrong with it by
// itself. It comes before all else.
func (o *Org) Compile(onEvaluate func(string) func(), sink *report.Sink) {
	r := o.Runner(onEvaluate)
	if compiled := r.compiled(sink); compiled == nil {
		o.isBroken = true
		return
	}
	before := len(sink.Findings)
	r.guard(sink, func() {
		o.readFields(r, sink)
		o.readRender(r, sink)
		o.readPolicies(r, sink)
	})
	o.isBroken = report.HasErrors(sink.Findings[before:])
}

// readFields lists the fields of #Service that kgen does not have.
func (o *Org) readFields(r *Runner, sink *report.Sink) {
	if !o.HasService() {
		o.areFieldsKnown = true
		return
	}
	v := r.at(orgService)
	pos := r.pos(orgService)
	if !isMap(v) {
		sink.ErrorAt(pos, schema.InvalidValue, nil, "#Service is a definition of a service: {schema.#Service, ...}")
		return
	}
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		r.evaluation.report(err)
		return
	}
	for fields.Next() {
		if name := fields.Selector().Unquoted(); !schema.IsServiceField(name) {
			o.Fields = append(o.Fields, name)
		}
	}
	slices.Sort(o.Fields)
	o.areFieldsKnown = true
	r.evaluation.refuseDefaults(v, tree.P(orgService), pos, sink)
	for _, name := range []string{"annotations", "image", "selector"} { // nobody restricts all of them
		if !v.Allows(cue.Str(name)) {
			sink.ErrorAt(pos, schema.InvalidValue, nil, "#Service does not let services have the fields of kgen: %s is not allowed", name).
				Fix = `begin it with schema.#Service of "kgen.dev/schema"`
			return
		}
	}
}

// readRender demands that render has the fields that something comes of.
func (o *Org) readRender(r *Runner, sink *report.Sink) {
	if !o.HasRender() {
		return
	}
	v := r.at(orgRender)
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		sink.ErrorAt(r.pos(orgRender), schema.InvalidValue, tree.P(orgRender), "render is a map with service, labels, annotations, patches and objects")
		return
	}
	for fields.Next() {
		name := fields.Selector().Unquoted()
		o.takesService = o.takesService || name == "service"
		o.takesEnvironment = o.takesEnvironment || name == "environment"
		if !slices.Contains(renderFields, name) {
			sink.ErrorAt(r.pos(orgRender, name), schema.UnknownField, tree.P(orgRender, name), "unknown field%s", suggest.Hint(name, renderFields)).
				Fix = "what only helps has a name that starts with an underscore"
		}
	}
}
