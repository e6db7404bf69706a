package manifests

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// differences are the paths, without what is in brackets, where what is rendered is not
// as the API server would have the document, each with both values.
func (d document) differences(had, rendered []document) []string {
	want, ok := d.stored(had)
	if !ok {
		return nil // the API refuses it, or no longer serves it
	}
	made := d.among(rendered)
	if made == nil {
		return []string{"metadata.name"}
	}
	have, ok := made.stored(rendered)
	if !ok {
		return []string{"apiVersion"}
	}
	var all []string
	compareValues(want, have, "", &all)
	if d.namespace != "" && d.namespace != made.namespace {
		all = append(all, "metadata.namespace")
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// among is the document that stands for one, in another version perhaps; nil for none.
func (d document) among(rendered []document) *document {
	for _, stands := range []func(r document) bool{
		func(r document) bool { return r.id() == d.id() && r.namespace == d.namespace },
		func(r document) bool { return r.id() == d.id() },
		func(r document) bool { return r.kind == d.kind && r.name == d.name },
	} {
		if at := slices.IndexFunc(rendered, stands); at >= 0 {
			return &rendered[at]
		}
	}
	return nil
}

// stored is what the API server has of a document, but for what it fills in by itself.
func (d document) stored(all []document) (map[string]any, bool) {
	value := map[string]any{}
	data, err := json.Marshal(d.value)
	if err != nil {
		return nil, false
	}
	if kind := manifest.KindOf(d.apiVersion, d.kind); kind != nil {
		typed := kind.New()
		if json.Unmarshal(data, typed) != nil {
			return nil, false
		}
		typed.GetObjectKind().SetGroupVersionKind(kind.GroupVersionKind())
		if data, err = json.Marshal(apiserver.Defaulted(typed)); err != nil {
			return nil, false
		}
	} else if apiserver.Handles(d.apiVersion, d.kind) {
		return nil, false
	}
	if json.Unmarshal(data, &value) != nil {
		return nil, false
	}
	d.leaveServers(value)
	d.resolve(value, all)
	cleaned, _ := cleanedOf(d.kind, value).(map[string]any)
	leaveKnown(d.kind, cleaned, "")
	return cleaned, true
}

// leaveServers takes out what the server fills in, and the values of Secrets.
func (d document) leaveServers(value map[string]any) {
	delete(value, "status")
	metadata, _ := value["metadata"].(map[string]any)
	for _, field := range []string{"creationTimestamp", "uid", "resourceVersion", "generation", "managedFields", "selfLink", "namespace"} {
		delete(metadata, field)
	}
	if d.kind == "ServiceAccount" && value["automountServiceAccountToken"] == true {
		delete(value, "automountServiceAccountToken")
	}
	if spec, _ := value["spec"].(map[string]any); d.kind == "ServiceMonitor" || d.kind == "PodMonitor" {
		if spec["jobLabel"] == "" {
			delete(spec, "jobLabel")
		}
		if own := map[string]any{"matchNames": []any{d.namespace}}; reflect.DeepEqual(spec["namespaceSelector"], own) {
			delete(spec, "namespaceSelector") // where a monitor looks anyway
		}
	}
	if d.kind == "Secret" {
		all := map[string]any{}
		for _, field := range []string{"data", "stringData"} {
			values, _ := value[field].(map[string]any)
			for key := range values {
				all[key] = "hidden"
			}
			delete(value, field)
		}
		value["data"] = all
	}
}

// keysOfSets are the fields by which the elements of lists are told whose order means
// nothing.
var keysOfSets = map[string][]string{
	"volumes": {"name"}, "volumeMounts": {"mountPath", "name", "subPath"}, "imagePullSecrets": {"name"},
	"ports": {"containerPort", "port", "protocol", "name", "targetPort", "endPort"},
}

// cleanedOf is a value without lists and maps of nothing, and sets in one order; nil for
// nothing.
func cleanedOf(field string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range v {
			if cleaned := cleanedOf(key, inner); cleaned != nil {
				out[key] = cleaned
			}
		}
		if len(out) == 0 && !meansSomething[field] {
			return nil
		}
		return out
	case []any:
		var out []any
		for _, inner := range v {
			cleaned := cleanedOf("[]", inner)
			out = append(out, cleaned)
		}
		if by := keysOfSets[field]; by != nil {
			slices.SortStableFunc(out, func(a, b any) int {
				return slices.Compare(namesOf(a, by), namesOf(b, by))
			})
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return value
}

// meansSomething are fields that say something when they are empty maps.
var meansSomething = map[string]bool{
	"[]": true, "emptyDir": true, "podSelector": true, "namespaceSelector": true, "selector": true, "labelSelector": true, "exec": true, "serviceAccountToken": true,
}

func namesOf(v any, by []string) (all []string) {
	m, _ := v.(map[string]any)
	for _, key := range by {
		all = append(all, fmt.Sprint(m[key]))
	}
	return all
}

var plainKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// compareValues adds the paths where two values differ.
func compareValues(a, b any, at string, all *[]string) {
	if reflect.DeepEqual(a, b) {
		return
	}
	x, isMap := a.(map[string]any)
	y, areMaps := b.(map[string]any)
	if isMap && areMaps {
		keys := maps.Clone(x)
		maps.Copy(keys, y)
		for key := range keys {
			inner := at
			if plainKey.MatchString(key) {
				inner += "." + key
			}
			compareValues(x[key], y[key], inner, all)
		}
		return
	}
	list, isList := a.([]any)
	other, areLists := b.([]any)
	if isList && areLists && len(list) == len(other) {
		for i := range list {
			compareValues(list[i], other[i], at, all)
		}
		return
	}
	if at != "" && at[0] == '.' {
		at = at[1:]
	}
	*all = append(*all, fmt.Sprintf("%s: %v is %v", at, a, b))
}

// known are defaults that the code of the API server does not fill in: those of custom
// resources, and what controllers take nothing for. A path is without what is in brackets.
var known = map[string]map[string]any{
	"PodDisruptionBudget": {".spec.unhealthyPodEvictionPolicy": "IfHealthyBudget"},
	"HTTPRoute":           ofRoutes, "GRPCRoute": ofRoutes,
}

var ofRoutes = map[string]any{
	".spec.parentRefs.group": "gateway.networking.k8s.io", ".spec.parentRefs.kind": "Gateway",
	".spec.rules.backendRefs.group": "", ".spec.rules.backendRefs.kind": "Service", ".spec.rules.backendRefs.weight": 1.0,
	".spec.rules.matches.path.type": "PathPrefix", ".spec.rules.matches.path.value": "/", ".spec.rules.matches.headers.type": "Exact",
	".spec.rules.matches.queryParams.type": "Exact", ".spec.rules.matches.method.type": "Exact", ".spec.rules.filters.requestRedirect.statusCode": 302.0,
}

// leaveKnown takes the known ones out of a value.
func leaveKnown(kind string, value any, at string) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			leaveKnown(kind, inner, at+"."+key)
			if byDefault, isKnown := known[kind][at+"."+key]; isKnown && inner == byDefault {
				delete(v, key)
			}
			m, isMap := v[key].(map[string]any)
			l, isList := v[key].([]any)
			if known[kind] != nil && (isMap && len(m) == 0 || isList && len(l) == 1 && reflect.DeepEqual(l[0], map[string]any{})) {
				delete(v, key)
			}
		}
	case []any:
		for _, inner := range v {
			leaveKnown(kind, inner, at)
		}
	}
}
