package compose

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/override"
	"github.com/compose-spec/compose-go/v2/paths"

	"github.com/kgen-dev/kgen/pkg/suggest"
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
	if ref == "" {
		e.wrong(pos, at.String(), "extends names a service, in this file or in another: service: NAME and file: FILE")
		return own
	}
	e.refuseOthers(e.file, service["extends"], at, "service", "file")
	from := e
	if other != "" {
		if from = e.open(other, ref, at); from == nil {
			return own
		}
	}
	if _, known := from.services[ref]; !known {
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

// refuseOthers tells of keys of a map of a file that are none of those it may have.
func (l *loader) refuseOthers(f *file, value any, at tree.Path, known ...string) {
	fields, _ := value.(dict)
	for _, key := range sortedKeys(fields) {
		if !slices.Contains(known, key) && !strings.HasPrefix(key, "x-") {
			l.wrong(f.root.Nearest(at.With(key), true), at.With(key).String(), "unknown key%s", suggest.Hint(key, known))
		}
	}
}

// open reads the other file, once; nil where it cannot be. Of its documents it is the last
// that has the service.
func (e *extender) open(name, service string, at tree.Path) *extender {
	path := e.besides(e.file.dir, name)
	documents, isOpen := e.opened[path]
	if !isOpen {
		files, err := e.read(path)
		if err != nil {
			e.wrong(e.file.root.Nearest(at, true), at.String(), "%s", plain(err))
			return nil
		}
		for _, f := range files {
			f.dir, f.isBase = dirOf(e.file.dir, filepath.ToSlash(name)), true
			services, _ := e.dictOf(f)["services"].(dict)
			documents = append(documents, &extender{loader: e.loader, file: f, services: services})
		}
		e.opened[path] = documents
	}
	for i, d := range slices.Backward(documents) {
		if _, isThere := d.services[service]; isThere || i == 0 {
			e.goesUnder(d.file)
			return d
		}
	}
	return nil // the report says why
}

// goesUnder puts a file under all others: what extends it goes over it.
func (l *loader) goesUnder(f *file) {
	l.files = slices.DeleteFunc(l.files, func(other *file) bool { return other == f })
	l.files = slices.Insert(l.files, 0, f)
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
