package compose

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Model is what the files come to: merged, variables filled in, in the long form.
type Model struct {
	// Services are those of the profiles asked for, by name.
	Services []*types.ServiceConfig
	Networks types.Networks
	Volumes  types.Volumes
	Secrets  types.Secrets
	Configs  types.Configs
	// Name is the project's, empty where no file says it.
	Name string

	// Jobs are the services that stand under jobs, and what starts them.
	Jobs map[string]*types.TriggerConfig

	loader *loader
	// called are the names that services get, by those they have in compose.
	called map[string]string
	// profiles are those of all services.
	profiles map[string]bool
	// long is the model before it was decoded.
	long dict
	// entries are those of large maps and of lists of the files, by their keys.
	entries map[*tree.Node]map[string]*tree.Field
}

// resources are the parts of a compose file besides services; named are those that hold
// things by their names.
var (
	resources = []string{"networks", "volumes", "secrets", "configs"}
	named     = append([]string{"services", jobsKey}, resources...)
)

// decodeModel makes the model of its long form. What does not fit is told and left out.
func (l *loader) decodeModel(long dict) *Model {
	m := &Model{loader: l, long: long, Jobs: map[string]*types.TriggerConfig{}, entries: map[*tree.Node]map[string]*tree.Field{}}
	m.profiles = map[string]bool{}
	m.Name, _ = long["name"].(string)
	for _, key := range sortedKeys(long) {
		_, isMap := long[key].(dict)
		switch {
		case !isMap && long[key] != nil && slices.Contains(named, key):
			m.wrong(tree.P(key), "%s is a map, by name", key)
			delete(long, key)
		case key == "name" && m.Name == "":
			m.wrong(tree.P(key), "a name is a text")
		case key == "services" || key == jobsKey || key == "name" || key == "version" || slices.Contains(resources, key) || strings.HasPrefix(key, "x-"):
		case key == "models":
			l.report.Add(convert.Item{Outcome: convert.Dropped, Pos: m.Pos(key), Path: key, Message: "no cluster runs them: write their addresses into env"})
		default:
			l.wrong(m.Pos(key), key, "unknown key%s", suggest.Hint(key, append([]string{"services", "name", "include"}, resources...)))
		}
	}
	isSaid := long["services"] != nil || m.Written("services") == nil || m.Written("services").Kind == tree.Null
	m.Networks = resourcesOf[types.NetworkConfig](m, "networks")
	m.Volumes = resourcesOf[types.VolumeConfig](m, "volumes")
	m.Secrets = resourcesOf[types.SecretConfig](m, "secrets")
	m.Configs = resourcesOf[types.ConfigObjConfig](m, "configs")
	services, _ := long["services"].(dict)
	jobs, _ := long[jobsKey].(dict)
	if len(services)+len(jobs) == 0 && isSaid && m.Pos("services").IsValid() { // else the report says why
		l.wrong(m.Pos("services"), "services", "there are no services")
	}
	for _, name := range sortedKeys(services) {
		m.decodeService(name, services[name])
	}
	for _, name := range sortedKeys(jobs) {
		if services[name] != nil {
			l.wrong(m.Pos(jobsKey, name), "jobs."+name, "there is a service of that name")
			continue
		}
		m.Jobs[name] = &types.TriggerConfig{}
		m.decodeService(name, jobs[name])
	}
	if len(m.Services) == 0 && len(m.profiles) > 0 {
		m.wrong(tree.P("services"), "every service is of a profile, and none is imported: say --profile NAME, or --profile '*'")
	}
	return m
}

// jobsKey is where compose files say what runs by itself, or at a time.
const jobsKey = "jobs"

// decodeService decodes a service or a job, and takes it where its profile is asked for.
func (m *Model) decodeService(name string, value any) {
	at := m.at(name)
	fields, isMap := value.(dict)
	if !isMap {
		m.loader.wrong(m.Pos(at...), at.String(), "a service is a map")
		return
	}
	s := &types.ServiceConfig{}
	if trigger := m.Jobs[name]; trigger != nil {
		fields = maps.Clone(fields)
		if triggers, isMap := fields["triggers"].(dict); isMap {
			m.decode(triggers, trigger, at.With("triggers"))
		}
		delete(fields, "triggers")
	}
	m.decode(fields, s, at)
	s.Name = name
	if m.isAskedFor(s) {
		m.Services = append(m.Services, s)
	}
}

// at is where a service stands.
func (m *Model) at(service string) tree.Path {
	if m.Jobs[service] != nil {
		return tree.P(jobsKey, service)
	}
	return tree.P("services", service)
}

// services are the names of those that are imported.
func (m *Model) services() (list []string) {
	for _, s := range m.Services {
		list = append(list, s.Name)
	}
	return list
}

func resourcesOf[T any](m *Model, kind string) map[string]T {
	entries, _ := m.long[kind].(dict)
	out := map[string]T{}
	for _, name := range sortedKeys(entries) {
		var value T
		if fields, isMap := entries[name].(dict); isMap {
			m.decode(fields, &value, tree.P(kind, name))
		}
		out[name] = value
	}
	return out
}

// decode decodes the fields one by one, so that a mistake takes none of the others away.
func (m *Model) decode(fields dict, into any, at tree.Path) {
	for _, key := range sortedKeys(fields) {
		if strings.HasPrefix(key, "x-") {
			continue
		}
		unused := m.decodeOne(key, fields[key], into, at.With(key))
		for _, name := range unused {
			inside := pathOf(name)
			below := at.With(inside...)
			last, _ := below[len(below)-1].(string)
			if !strings.HasPrefix(last, "x-") {
				m.wrong(below, "unknown key%s", suggest.Hint(last, keysAt(into, inside)))
			}
		}
	}
}

// decodeOne decodes what of a field can be decoded, and tells of the rest.
func (m *Model) decodeOne(key string, value, into any, at tree.Path) (unused []string) {
	target := reflect.ValueOf(into).Elem()
	before := reflect.New(target.Type()).Elem()
	before.Set(target)
	unused, err := decodeField(key, value, into)
	if err == nil {
		return unused
	}
	target.Set(before) // it may be filled in halfway
	try := func(part any) error {
		_, err := decodeField(key, part, reflect.New(target.Type()).Interface())
		return err
	}
	fit, isAny := m.fitting(value, at, try)
	if parent, isMap := valueAt(m.long, at[:len(at)-1]).(dict); isMap && isAny {
		parent[key] = fit // elements are counted without those that are left out
	} else if isMap {
		delete(parent, key)
	}
	if !isAny {
		return nil
	}
	if unused, err = decodeField(key, fit, into); err != nil {
		target.Set(before)
	}
	return unused
}

// fitting is what of a value can be decoded, as try says; the rest is told where it
// stands. Nothing may be left.
func (m *Model) fitting(value any, at tree.Path, try func(any) error) (fit any, isAny bool) {
	err := try(value)
	if err == nil {
		return value, true
	}
	told := len(m.loader.report.Items)
	switch v := value.(type) {
	case dict:
		parts := dict{}
		for _, key := range sortedKeys(v) {
			if try(dict{}) != nil {
				break
			}
			if part, isAny := m.fitting(v[key], at.With(key), func(inner any) error { return try(dict{key: inner}) }); isAny {
				parts[key] = part
			}
		}
		fit, isAny = parts, len(parts) > 0
	case []any:
		var parts []any
		for i := range v {
			if try([]any{}) != nil {
				break
			}
			before := len(m.loader.report.Items)
			part, _ := m.fitting(v[i], at.With(i), func(inner any) error { return try([]any{inner}) })
			if len(m.loader.report.Items) == before { // half of one is none
				parts = append(parts, part)
			}
		}
		fit, isAny = parts, len(parts) > 0
	}
	if isAny {
		if err = try(fit); err == nil {
			return fit, true
		}
	}
	if len(m.loader.report.Items) == told {
		m.wrong(at, "%s", plain(err))
	}
	return nil, false
}

// wrong reports a mistake at a path of the long form.
func (m *Model) wrong(at tree.Path, format string, args ...any) {
	p := m.place(at)
	m.loader.wrong(p.pos, p.shown.String(), format, args...)
}

// pathOf is a path as mapstructure names it, a[0].b.
func pathOf(name string) tree.Path {
	var at tree.Path
	for part := range strings.SplitSeq(name, ".") {
		key, index, hasIndex := strings.Cut(part, "[")
		at = append(at, key)
		if i, err := strconv.Atoi(strings.TrimSuffix(index, "]")); hasIndex && err == nil {
			at = append(at, i)
		}
	}
	return at
}

// isAskedFor reports whether a service belongs to no profile, or to one of those asked
// for; one that does not is told.
func (m *Model) isAskedFor(s *types.ServiceConfig) bool {
	asked := m.loader.profiles
	for _, profile := range s.Profiles {
		m.profiles[profile] = true
	}
	if len(s.Profiles) == 0 || slices.Contains(asked, "*") || slices.ContainsFunc(s.Profiles, func(p string) bool { return slices.Contains(asked, p) }) {
		return true
	}
	m.loader.report.Add(convert.Item{
		Outcome: convert.Dropped, Pos: m.Pos(m.at(s.Name)...), Path: m.at(s.Name).String(),
		Message: "it is of the profile " + s.Profiles[0] + ", which was not asked for: --profile " + s.Profiles[0],
	})
	return false
}

// Pos is where the files say a value of the long form: the last file that says it, as
// near as it does.
func (m *Model) Pos(elems ...any) tree.Pos { return m.place(elems).pos }

// Written is a value as the file has it, with its variables; nil where none says it so.
func (m *Model) Written(elems ...any) *tree.Node {
	if p := m.place(elems); p.depth == len(elems) {
		return p.written
	}
	return nil
}
