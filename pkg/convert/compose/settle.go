package compose

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// settle says of every key that nothing was said of that it has no part, for no key is
// dropped in silence, and takes out what says nothing that another item does not.
func (a *account) settle() {
	a.settleFiles()
	wrong := map[tree.Pos]bool{}
	for _, i := range a.report.Items {
		if i.Outcome == convert.Wrong {
			wrong[i.Pos] = true
		}
	}
	for _, s := range a.model.Services {
		at := a.model.at(s.Name)
		fields, _ := valueAt(a.model.long, at).(dict)
		if a.told[at.String()] == convert.Dropped {
			continue
		}
		for _, key := range sortedKeys(fields) {
			a.settleBelow(fields[key], at.With(key), false, wrong)
		}
	}
	for _, kind := range resources {
		entries, _ := a.model.long[kind].(dict)
		for _, key := range sortedKeys(entries) {
			a.settleBelow(entries[key], tree.P(kind, key), false, wrong)
		}
	}
	a.settleTwice()
	a.settleUnset()
	a.dropPlain()
}

// settleBelow looks at what stands at a path; isCovered is set where something was said
// of it together with others.
func (a *account) settleBelow(value any, at tree.Path, isCovered bool, wrong map[tree.Pos]bool) {
	outcome := a.told[at.String()]
	switch {
	case outcome == convert.Dropped, outcome == convert.Wrong:
		return
	case outcome != "":
		isCovered = true
	case a.model.Written(at...) == nil:
		return // it is a default
	case wrong[a.model.Pos(at...)]:
		return
	default:
		if isEmpty(value) && !isCovered {
			a.drop(a.serviceAt(at), "it says nothing", at...)
			return
		}
		if why := reasonFor(at); why != "" {
			a.drop(a.serviceAt(at), why, at...)
			return
		}
		if !isCovered && !a.isTold(at) {
			a.drop(a.serviceAt(at), "kgen has nothing like it", at...)
			return
		}
	}
	switch v := value.(type) {
	case dict:
		for _, key := range sortedKeys(v) {
			a.settleBelow(v[key], at.With(key), isCovered, wrong)
		}
	case []any:
		for i := range v {
			if text, isText := v[i].(string); !isText || !a.isTold(at.With(keyOf(text))) && !a.isTold(at.With(text)) {
				a.settleBelow(v[i], at.With(i), isCovered, wrong)
			}
		}
	}
}

// keyOf is the key of KEY=VALUE or KEY:VALUE in a list.
func keyOf(text string) string {
	key, _, isPair := strings.Cut(text, "=")
	if !isPair {
		key, _, _ = strings.Cut(text, ":")
	}
	return key
}

// isEmpty reports whether a value says nothing.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case dict:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// serviceAt is the service that a path leads into.
func (a *account) serviceAt(at tree.Path) string {
	if !isOfService(at) {
		return ""
	}
	name, _ := at[1].(string)
	return a.model.called[name]
}

// settleFiles says of the keys at the top of each file what they are to kgen.
func (a *account) settleFiles() {
	seen := map[spot]bool{}
	for _, f := range a.model.loader.files {
		for i := range f.root.Fields {
			field := &f.root.Fields[i]
			item := convert.Item{Pos: field.KeyPos, Path: field.Key, Outcome: convert.Dropped}
			switch {
			case strings.HasPrefix(field.Key, "x-"):
				item.Message = "an extension: what other keys take from it is in them"
			case field.Key == "version":
				item.Message = "compose does not look at it either"
			case field.Key == "include":
				item.Outcome = convert.Kept
			default:
				continue
			}
			if at := (spot{item.Pos.String(), item.Path}); !seen[at] {
				seen[at] = true
				a.report.Add(item)
			}
		}
	}
}

// spot is a key of a file, which may have been read several times.
type spot struct{ pos, path string }

// settleUnset asks for the variables that nobody sets, once for each.
func (a *account) settleUnset() {
	asked := map[string]bool{}
	for _, u := range a.model.loader.unset {
		if asked[u.variable] || a.solved[u.pos] || !a.isImported(u) {
			continue
		}
		asked[u.variable] = true
		a.report.Add(convert.Item{
			Outcome: convert.ToDo, Pos: u.pos, Path: u.at.String(),
			Message: "the variable " + u.variable + " has no value, here or in .env: nothing stands in its place",
		})
	}
}

// isImported reports whether a variable stands in what is imported.
func (a *account) isImported(u unset) bool {
	if len(u.at) < 2 || !isOfService(u.at) {
		return !u.file.isBase
	}
	return slices.ContainsFunc(a.model.services(), func(name string) bool {
		for _, own := range a.model.aliases(u.file, a.model.at(name)) {
			if own[1] == u.at[1] {
				return true
			}
		}
		return false
	})
}

// dropPlain takes out that a key is kept where another item says more of it, and that it
// is dropped where it is wrong.
func (a *account) dropPlain() {
	worded, wrong := map[spot]bool{}, map[spot]bool{}
	for _, i := range a.report.Items {
		at := spot{i.Pos.String(), i.Path}
		wrong[at] = wrong[at] || i.Outcome == convert.Wrong
		worded[at] = worded[at] || i.Message != ""
	}
	a.report.Items = slices.DeleteFunc(a.report.Items, func(i convert.Item) bool {
		at := spot{i.Pos.String(), i.Path}
		return i.Outcome == convert.Kept && i.Message == "" && worded[at] || i.Outcome == convert.Dropped && wrong[at]
	})
}
