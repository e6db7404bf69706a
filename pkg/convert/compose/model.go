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
	// long is the model before it was decoded.
	long dict
}

// resources are the parts of a compose file besides services.
var resources = []string{"networks", "volumes", "secrets", "configs"}

// decodeModel makes the model of its long form. What does not fit is told and left out.
func (l *loader) decodeModel(long dict) *Model {
	m := &Model{loader: l, long: long, Jobs: map[string]*types.TriggerConfig{}}
	m.Name, _ = long["name"].(string)
	for _, key := range sortedKeys(long) {
		switch {
		case key == "services" || key == jobsKey || key == "name" || key == "version" || slices.Contains(resources, key) || strings.HasPrefix(key, "x-"):
		case key == "models":
			l.report.Add(convert.Item{Outcome: convert.Dropped, Pos: m.Pos(key), Path: key, Message: "no cluster runs them: write their addresses into env"})
		default:
			l.wrong(m.Pos(key), key, "unknown key%s", suggest.Hint(key, append([]string{"services", "name", "include"}, resources...)))
		}
	}
	m.Networks = resourcesOf[types.NetworkConfig](m, "networks")
	m.Volumes = resourcesOf[types.VolumeConfig](m, "volumes")
	m.Secrets = resourcesOf[types.SecretConfig](m, "secrets")
	m.Configs = resourcesOf[types.ConfigObjConfig](m, "configs")
	services, _ := long["services"].(dict)
	jobs, _ := long[jobsKey].(dict)
	if len(services)+len(jobs) == 0 && m.Pos("services").IsValid() { // else the report says why
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
		unused, err := decodeField(key, fields[key], into)
		if parts, isMap := fields[key].(dict); err != nil && isMap {
			unused, err = decodeField(key, m.fitting(parts, into, at.With(key)), into)
		}
		if err != nil {
			m.loader.wrong(m.Pos(at.With(key)...), at.With(key).String(), "%s", plain(err))
		}
		for _, name := range unused {
			inside := pathOf(name)
			below := at.With(inside...)
			last, _ := below[len(below)-1].(string)
			if !strings.HasPrefix(last, "x-") {
				m.loader.wrong(m.Pos(below...), below.String(), "unknown key%s", suggest.Hint(last, keysAt(into, inside)))
			}
		}
	}
}

// fitting are the parts of a map that can be decoded one by one; the others are told.
func (m *Model) fitting(parts dict, into any, at tree.Path) dict {
	key, _ := at[len(at)-1].(string)
	fit := dict{}
	for _, part := range sortedKeys(parts) {
		fresh := reflect.New(reflect.TypeOf(into).Elem()).Interface()
		if _, err := decodeField(key, dict{part: parts[part]}, fresh); err != nil {
			m.loader.wrong(m.Pos(at.With(part)...), at.With(part).String(), "%s", plain(err))
			continue
		}
		fit[part] = parts[part]
	}
	return fit
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
	asked := m.loader.options.Profiles
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
