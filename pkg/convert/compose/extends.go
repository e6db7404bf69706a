package compose

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/compose-spec/compose-go/v2/override"
	"github.com/compose-spec/compose-go/v2/paths"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// extendAll puts the services of a file over those that they extend.
func (l *loader) extendAll(model dict, f *file) {
	services, _ := model["services"].(dict)
	for _, name := range sortedKeys(services) {
		e := extender{loader: l, file: f, services: services}
		services[name] = e.extended(name, nil)
	}
}

// extender follows extends within a file, and to others.
type extender struct {
	*loader
	file     *file
	services dict
}

// extended is a service with what it extends under it. via are those that extend it.
func (e *extender) extended(name string, via []string) any {
	service, isMap := e.services[name].(dict)
	if !isMap || service["extends"] == nil {
		return e.services[name]
	}
	at := tree.P("services", name, "extends")
	pos := e.file.root.Nearest(at, true)
	id := e.file.source.Name + ":" + name
	own := maps.Clone(service)
	delete(own, "extends")
	if slices.Contains(via, id) {
		e.wrong(pos, at.String(), "the services extend each other in a circle")
		return own
	}
	via = append(slices.Clone(via), id)
	ref, other := target(service["extends"])
	from := e
	if other != "" {
		if from = e.open(other, at); from == nil {
			return own
		}
	}
	if _, known := from.services[ref]; ref == "" || !known {
		e.wrong(pos, at.String(), "there is no service %q in %s", ref, from.file.source.Name)
		return own
	}
	e.loader.bases[base{e.file, name}] = base{from.file, ref}
	under, isMap := clone(from.extended(ref, via)).(dict)
	if !isMap {
		return own
	}
	if from != e {
		under = from.moved(ref, under)
	}
	for _, path := range e.file.resets {
		if len(path) > 2 && path[0] == any("services") && path[1] == any(name) {
			reset(under, path[2:])
		}
	}
	merged, err := override.ExtendService(under, own)
	if err != nil {
		e.wrong(pos, at.String(), "%s", plain(err))
		return own
	}
	return merged
}

// target is the service that extends names, and its file where that is another.
func target(extends any) (service, file string) {
	switch v := extends.(type) {
	case string:
		return v, ""
	case dict:
		service, _ = v["service"].(string)
		file, _ = v["file"].(string)
	}
	return service, file
}

// open reads the other file; nil where it cannot be.
func (e *extender) open(name string, at tree.Path) *extender {
	pos := e.file.root.Nearest(at, true)
	f, err := e.read(e.besides(e.file.dir, name))
	switch {
	case err != nil:
		e.wrong(pos, at.String(), "%s", plain(err))
		return nil
	case f == nil:
		return nil // the report says why
	}
	f.dir, f.isBase = dirOf(e.file.dir, filepath.ToSlash(name)), true
	e.loader.files = slices.Insert(e.loader.files, 0, f) // what extends it goes over it
	services, _ := e.dictOf(f)["services"].(dict)
	return &extender{loader: e.loader, file: f, services: services}
}

// moved is a service of another file with its paths as they are from the project.
func (e *extender) moved(name string, service dict) dict {
	long, err := attempt(dict{}, dict{"services": dict{name: service}})
	if err != nil {
		return service // merging it tells what is wrong
	}
	if err := paths.ResolveRelativePaths(long, e.file.dir, nil); err != nil {
		return service
	}
	out, _ := valueAt(long, tree.P("services", name)).(dict)
	return out
}
