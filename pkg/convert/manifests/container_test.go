package manifests

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// TestPreset tells which security contexts a preset of kgen's says as they do.
func TestPreset(t *testing.T) {
	const head, tail = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {securityContext: ", "}]}}}\n"
	const volume = "volumes: [{name: v, persistentVolumeClaim: {claimName: v}}], "
	const pod, all = "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, ", "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}"
	const container, mount = "containers: [{name: web, image: 'a:1', securityContext: ", ", volumeMounts: [{name: v, mountPath: /v}]"
	for _, test := range []struct{ name, text, want string }{
		{"all", pod + container + all, "restricted"},
		{"the file system can be written", pod + container + "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}", "baseline"},
		{"no seccomp", "{runAsNonRoot: true}, " + container + all, "none"},
		{"nothing", "{}, " + container + "null", "none"},
		{"a container without", pod + container + all + "}, {name: b, image: 'b:1'", "none"},
		{"a claim, and nobody in particular", pod + volume + container + all + mount, "restricted"},
		{"a claim and a user", strings.Replace(pod, "{", "{runAsUser: 5, ", 1) + volume + container + all + mount, "none"},
		{"a claim and a group", strings.Replace(pod, "{", "{fsGroup: 5, fsGroupChangePolicy: OnRootMismatch, ", 1) + volume + container + all + mount, "restricted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := objectOf(t, head+test.text+tail)
			c, s, have := alone(t, o)
			if s.SecurityPreset != test.want {
				t.Errorf("got %s, want %s", s.SecurityPreset, test.want)
			}
			if have == nil {
				t.Fatal("nothing is rendered")
			}
			for _, d := range c.differences(o, have) {
				t.Errorf("%s: %s is %s", d.Path, d.Old, d.New)
			}
		})
	}
}

// FuzzWorkload writes workloads of any kind into services: what was written says the same
// again when it is read.
func FuzzWorkload(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.documentsOf("x.yaml", text); err != nil {
			t.Fatal(err)
		}
		c := &converter{draft: convert.NewDraft(), objects: in.objects}
		for _, o := range in.objects {
			if !isWorkload(o) {
				continue
			}
			s := &schema.Service{Name: o.Name}
			c.fillWorkload(&Group{Name: o.Name, Workload: o}, s)
			if s.Kind != o.Kind {
				t.Errorf("%s is a %s", o.Ref(), s.Kind)
			}
			if tree.Encode(s).Get("kind") == nil {
				t.Errorf("%s says nothing", o.Ref())
			}
		}
		for _, i := range c.draft.Report.Items {
			if i.Message == "" || i.Path == "" {
				t.Errorf("%s: nothing is told", i.Pos)
			}
		}
	})
}
