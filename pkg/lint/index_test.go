package lint

import "testing"

// TestAlternatives tells by what two directories define whether they are meant for one
// cluster.
func TestAlternatives(t *testing.T) {
	const web = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}"
	for _, test := range []struct {
		name, a, b string
		together   bool
	}{
		{"other names", web, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: api}}", true},
		{"the same object", web, web, false},
		{"in another namespace", web, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: dev}}", true},
		{"another kind for its pods", web, "{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {template: {}}}", false},
		{"its Job", web, "{apiVersion: batch/v1, kind: Job, metadata: {name: web}}", true},
		{"their Namespace", "{apiVersion: v1, kind: Namespace, metadata: {name: dev}}", "{apiVersion: v1, kind: Namespace, metadata: {name: dev}}", true},
		{"nameless", "{apiVersion: batch/v1, kind: Job, metadata: {generateName: a-}}", "{apiVersion: batch/v1, kind: Job, metadata: {generateName: a-}}", true},
	} {
		a, b := parseObjects(t, test.a)[0], parseObjects(t, test.b)[0]
		a.Dir, b.Dir = "a", "b"
		if got := NewIndex(Open, 36, nil, []*Object{a, b}).AreTogether(a, b); got != test.together {
			t.Errorf("%s: together is %v", test.name, got)
		}
	}
}

// TestSurelyTogether tells which directories are applied to one namespace for certain.
func TestSurelyTogether(t *testing.T) {
	const none, dev, prod = "{apiVersion: v1, kind: Pod, metadata: {name: a}}",
		"{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: dev}}", "{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: prod}}"
	for _, test := range []struct {
		name, a, b, dir string
		world           World
		surely          bool
	}{
		{"no namespace", none, none, "b", Open, false},
		{"one of them", none, dev, "b", Open, false},
		{"others", dev, prod, "b", Open, false},
		{"the same", dev, dev, "b", Open, true},
		{"one directory", none, none, "a", Open, true},
		{"a project", none, none, "b", Closed, true},
	} {
		a, b := parseObjects(t, test.a)[0], parseObjects(t, test.b)[0]
		a.Dir, b.Dir = "a", test.dir
		if got := NewIndex(test.world, 36, nil, []*Object{a, b}).AreSurelyTogether(a, b); got != test.surely {
			t.Errorf("%s: surely together is %v", test.name, got)
		}
	}
}

// TestLacksInDirectory tells where a Service is missed that is in another directory.
func TestLacksInDirectory(t *testing.T) {
	const config, service = "{apiVersion: v1, kind: ConfigMap, metadata: {name: web}}", "{apiVersion: v1, kind: Service, metadata: {name: web}}"
	for _, test := range []struct {
		name      string
		other     string // beside the Service
		isContext bool
		elsewhere *Elsewhere
		lacks     bool
	}{
		{name: "shared", other: "{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}"},
		{name: "alternative", other: config, lacks: true},
		{name: "of the project", other: config, isContext: true},
		{name: "a part", other: config, elsewhere: &Elsewhere{IsPart: true}},
		{name: "made elsewhere", other: config, elsewhere: &Elsewhere{External: []External{{Kind: "Service", Name: "web"}}}},
	} {
		from, found, other := parseObjects(t, config)[0], parseObjects(t, service)[0], parseObjects(t, test.other)[0]
		from.Dir, found.Dir, other.Dir = "a", "b", "b"
		found.IsContext, from.Elsewhere = test.isContext, test.elsewhere
		if got := NewIndex(Open, 36, nil, []*Object{from, found, other}).Lacks(from, "Service", "", "web"); got != test.lacks {
			t.Errorf("%s: lacks is %v", test.name, got)
		}
	}
}
