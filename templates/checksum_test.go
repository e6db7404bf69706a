package templates_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// shop are services that use configuration in every way there is.
const shop = `
owner: |
  configMaps:
    app: {data: {A: "1", B: "2"}, binaryData: {blob: AAEC}}
    unused: {data: {A: "1"}}
    there: {existing: true}
  secrets: {db: {data: {PASSWORD: {env: DB_PASSWORD}}}}
by-env: |
  env: {A: {configMap: app}}
by-env-from: |
  envFrom: [{configMap: app}]
by-volume: |
  volumes: {c: {configMap: {name: app}, mounts: {/c: {}}}}
by-projection: |
  volumes: {c: {projected: {sources: [{configMap: {name: app}}]}, mounts: {/c: {}}}}
by-file: |
  files: {/etc/app/x: {content: one}, /etc/app/y: {secret: {env: Y}}}
secret-env: |
  env: {PASSWORD: {secret: db}}
secret-env-from: |
  envFrom: [{secret: db}]
secret-volume: |
  volumes: {c: {secret: {secretName: db}, mounts: {/c: {}}}}
secret-projection: |
  volumes: {c: {projected: {sources: [{secret: {name: db}}]}, mounts: {/c: {}}}}
existing: |
  envFrom: [{configMap: there}, {secret: elsewhere}]
nothing: |
  env: {A: {value: "1"}}
`

// TestChecksum changes one thing and names the workloads that roll for it.
func TestChecksum(t *testing.T) {
	const configMap = "by-env by-env-from by-volume by-projection"
	const secret = "secret-env secret-env-from secret-volume secret-projection"
	before := checksums(t, shop)
	for name, sum := range before {
		if none := name == "owner" || name == "existing" || name == "nothing"; none != (sum == "") {
			t.Errorf("%s: checksum %q", name, sum)
		}
	}
	for _, c := range []struct{ name, old, new, rolls string }{
		{"a value", `A: "1", B: "2"`, `A: "1", B: "3"`, configMap},
		{"a key", `A: "1", B: "2"`, `A: "1", C: "2"`, configMap},
		{"a value that moves into the next key", `A: "1", B: "2"`, `A: "", B: "12"`, configMap},
		{"the order of keys", `A: "1", B: "2"`, `B: "2", A: "1"`, ""},
		{"binary data", "AAEC", "AAED", configMap},
		{"data that becomes binary", `B: "2"}, binaryData: {`, `}, binaryData: {B: "2", `, configMap},
		{"a ConfigMap that nobody uses", `unused: {data: {A: "1"}}`, `unused: {data: {A: "2"}}`, ""},
		{"a file", "content: one", "content: two", "by-file"},
		{"a file's name", "/etc/app/x", "/etc/app/z", "by-file"},
		{"a file that becomes secret", "{content: one}", "{secret: {env: X}}", "by-file"},
		{"the source of a secret file", "env: Y", "env: Z", ""},
		{"the key of a Secret", "PASSWORD: {env: DB_PASSWORD}", "PASS: {env: DB_PASSWORD}", secret},
		{"the source of a Secret", "env: DB_PASSWORD", "file: password", ""},
		{"a ConfigMap that is there already", `{A: "1", B: "2"}, binaryData: {blob: AAEC}`, `{A: "1", B: "2"}, existing: true`, configMap},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(shop, c.old) {
				t.Fatalf("%q is not in the shop", c.old)
			}
			want := map[string]bool{}
			for _, name := range strings.Fields(c.rolls) {
				want[name] = true
			}
			got := map[string]bool{}
			for name, sum := range checksums(t, strings.Replace(shop, c.old, c.new, 1)) {
				if sum != before[name] {
					got[name] = true
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("workloads that roll (-want +got):\n%s", diff)
			}
		})
	}
}

func checksums(t *testing.T, text string) map[string]string {
	t.Helper()
	var texts schema.Map[string]
	decode(t, text, &texts)
	w := world(t)
	for _, s := range texts {
		join(w, service(t, s.Key, s.Value))
	}
	sums := map[string]string{}
	for _, s := range w.Services {
		sums[s.Key] = templates.Deployment(s.Value).Spec.Template.Annotations["checksum/config"]
	}
	return sums
}

// TestHashedNames changes what a hash covers, and what it does not.
func TestHashedNames(t *testing.T) {
	const text = `{configMaps: {c: {data: {A: "1", B: "2"}, hashed: true}}, secrets: {s: {data: {K: {env: E}, L: {file: F}}, hashed: true}}}`
	names := func(old, new string) (configMap, secret string) {
		s := service(t, "app", strings.Replace(text, old, new, 1))
		world(t, s)
		return s.ConfigMapName("c"), s.SecretName("s")
	}
	configMap, secret := names("", "")
	if len(configMap) != len("c-0123456789") || len(secret) != len("s-0123456789") {
		t.Errorf("names %q and %q, want ten hex digits after the key", configMap, secret)
	}
	for _, c := range []struct {
		name, old, new              string
		newConfigMapName, newSecret bool
	}{
		{"a value", `"1"`, `"3"`, true, false},
		{"the order of keys", `A: "1", B: "2"`, `B: "2", A: "1"`, false, false},
		{"a key", "K:", "M:", false, true},
		{"the source of a value", "env: E", "file: E", false, true},
		{"immutable", "hashed: true", "hashed: true, immutable: true", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			changedConfigMap, changedSecret := names(c.old, c.new)
			if got := changedConfigMap != configMap; got != c.newConfigMapName {
				t.Errorf("ConfigMap renamed: %v", got)
			}
			if got := changedSecret != secret; got != c.newSecret {
				t.Errorf("Secret renamed: %v", got)
			}
		})
	}
}
