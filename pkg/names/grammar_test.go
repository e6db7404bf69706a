package names

import (
	"math/rand/v2"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/validation"

	"k8s.io/apimachinery/pkg/api/validate/content"
)

// TestGrammars holds the grammars against those of k8s.io/apimachinery.
func TestGrammars(t *testing.T) {
	for _, test := range []struct {
		name string
		ours func(string) bool
		they func(string) []string
	}{
		{"label", DNSLabel.Fits, validation.IsDNS1123Label},
		{"label 1035", DNSLabel1035.Fits, validation.IsDNS1035Label},
		{"subdomain", DNSName.Fits, validation.IsDNS1123Subdomain},
		{"qualified name", LabelKey.Fits, validation.IsQualifiedName},
		{"annotation key", AnnotationKey.Fits, func(s string) []string { return validation.IsQualifiedName(strings.ToLower(s)) }},
		{"label value", LabelValue.Fits, validation.IsValidLabelValue},
		{"config key", ConfigKey.Fits, validation.IsConfigMapKey},
		{"port name", PortName.Fits, validation.IsValidPortName},
		{"variable", func(s string) bool { return IsEnvName(s, true) }, validation.IsRelaxedEnvVarName},
		{"old variable", func(s string) bool { return IsEnvName(s, false) }, validation.IsEnvVarName},
		{"path segment", PathSegment.Fits, func(s string) []string {
			if s == "" {
				return []string{"required"}
			}
			return content.IsPathSegmentName(s)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, s := range samples() {
				if they := test.they(s); test.ours(s) != (len(they) == 0) {
					t.Errorf("%q: we say %v, they %v", s, test.ours(s), they)
				}
			}
		})
	}
}

// samples are short strings of the characters that matter, and long ones around
// the lengths that do.
func samples() []string {
	list := []string{"", "é", "a\n", "a\x00", strings.Repeat("a", 250) + ".b.c"}
	for _, n := range []int{14, 15, 16, 62, 63, 64, 252, 253, 254} {
		x := strings.Repeat("x", n)
		list = append(list, x, x+"/x", "x/"+x, strings.Repeat("x.", n/2)+"x")
	}
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "aZ0-_./ %=.-"
	for range 20000 {
		b := make([]byte, random.IntN(7))
		for i := range b {
			b[i] = letters[random.IntN(len(letters))]
		}
		list = append(list, string(b))
	}
	return list
}
