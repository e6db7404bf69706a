package lint

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// mistakesIn are those of a value of a parameter, with where they are.
func mistakesIn(p *Param, value any) (mistakes []string) {
	p.mistakes(value, func(at tree.Path, err error) { mistakes = append(mistakes, at.String()+": "+err.Error()) })
	return mistakes
}

func TestParameterDefaults(t *testing.T) {
	for _, rule := range Rules() {
		for i := range rule.Params {
			p := &rule.Params[i]
			for _, mistake := range mistakesIn(p, p.Default) {
				t.Errorf("%s: the default of %s%s", rule.ID, p.Name, mistake)
			}
			_, isNumber := p.Default.(int)
			if !isNumber && (p.Least != 0 || p.Most != 0) || (len(p.OneOf) > 0 || p.Check != nil) && (isNumber || p.Type() == "bool") {
				t.Errorf("%s: %s is judged by what is for another type", rule.ID, p.Name)
			}
		}
	}
}

func TestParameterValues(t *testing.T) {
	for _, c := range []struct {
		rule  *Rule
		param string
		value any
		want  []string
	}{
		{&minReplicas, "min", 1, nil},
		{&minReplicas, "min", -3, []string{": -3 is out of range: 1 or more"}},
		{&lowUID, "min", -1, []string{": -1 is out of range: 0 or more"}},
		{&servicePortInvalid, "max-node-port", 65536, []string{": 65536 is out of range: 1 to 65535"}},
		{&minReplicas, "stateful-sets", true, nil},
		{&podWithoutNetworkPolicy, "direction", "ingres", []string{`: "ingres" is not known, did you mean "ingress"?`}},
		{&imagePullPolicy, "require", "sometimes", []string{`: "sometimes" is not known: one of "", Always, IfNotPresent, Never`}},
		{&imagePullPolicy, "require", "", nil},
		{&serviceExposedType, "forbid", []string{"NodePort", "LoadBalancers"}, []string{`[1]: "LoadBalancers" is not known, did you mean "LoadBalancer"?`}},
		{&capabilitiesDangerous, "capabilities", []string{"ALL", "cap_sys_admin", "SYS_ADMN", "x"}, []string{
			`[1]: "cap_sys_admin" is no capability, did you mean "SYS_ADMIN"?`, `[2]: "SYS_ADMN" is no capability, did you mean "SYS_ADMIN"?`, `[3]: "x" is no capability`}},
		{&cpuLimitThrottling, "runtimes", []string{"*/jre*=500m", "x", "[=1", "=1", "a=one"}, []string{
			`[1]: "x" is not of the form */jre*=500m`, `[2]: "[=1" is not of the form */jre*=500m`, `[3]: "=1" is not of the form */jre*=500m`, `[4]: "a=one" is not of the form */jre*=500m`}},
		{&requiredLabel, "labels", []string{"owner", "tier=a|b", "team=(", "=x"}, []string{`[2]: "(" is no regular expression`, `[3]: "=x" names no key`}},
		{&resourceRange, "ranges", []string{"", "cpu 1..2", "limits.cpu 1..x", "Job limits.cpu ..2"}, []string{
			`[0]: "" is not of the form requests.cpu 10m..4`, `[1]: "cpu 1..2" is not of the form requests.cpu 10m..4`, `[2]: "x" is no quantity`}},
		{&hostpathSensitive, "paths", []string{"etc"}, []string{`[0]: "etc" does not start with a slash`}},
		{&envPlainSecret, "allow", []string{"A_*", "[a"}, []string{`[1]: "[a" is no valid pattern`}},
	} {
		p := c.rule.param(c.param)
		if p == nil {
			t.Fatalf("%s has no parameter %s", c.rule.ID, c.param)
		}
		if diff := cmp.Diff(c.want, mistakesIn(p, c.value)); diff != "" {
			t.Errorf("%s %s %v (-want +got):\n%s", c.rule.ID, c.param, c.value, diff)
		}
	}
}

func TestParameterText(t *testing.T) {
	for _, c := range []struct {
		param Param
		want  string
	}{
		{Param{Doc: "a"}, "a"},
		{Param{Doc: "a", OneOf: []string{"", "b"}}, `a; one of "", b`},
		{Param{Doc: "a", Least: 1}, "a; 1 or more"},
		{Param{Doc: "a", Most: 9}, "a; 0 to 9"},
	} {
		if got := c.param.Text(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
