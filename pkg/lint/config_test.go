package lint

import (
	"strings"
	"testing"
)

// podWith is a Pod of one container, with more of it in the lines from 6 on.
func podWith(container string) string {
	return `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: web:1.4.2
` + indent(container)
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
}

func TestEnvSecrets(t *testing.T) {
	check(t, &envPlainSecret, []ruleCase{
		{name: "by value", text: podWith(`
env:
- {name: KEY, value: "-----BEGIN EC PRIVATE KEY-----\nMHc"}
- {name: ID, value: AKIAABCDEFGHIJKLMNOP}
- {name: URL, value: "redis://:battery@cache"}`), want: []string{
			"10: warning: container web: ID holds an access token",
			"11: warning: container web: URL holds a URL with a password",
			"9: warning: container web: KEY holds a private key",
		}},
		{name: "no secrets", text: podWith(`
env:
- {name: SECRETS_DIR, value: secrets}
- {name: DB_PASSWORD, value: ""}
- {name: TOKEN, value: $(OTHER)}
- {name: TOKEN_ENABLED, value: "true"}
- {name: TOKEN_TTL, value: "3600"}
- {name: PASSWORD_PATH, value: /run/secrets/db}
- {name: PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}
- {name: ETCD_INITIAL_CLUSTER_TOKEN, value: shop}`)},
		{name: "allowed", options: map[string]any{"allow": []string{"DEMO_*"}}, text: podWith(`
env:
- {name: DEMO_TOKEN, value: correct-horse}`)},
		{name: "init", text: strings.Replace(podWith("env: [{name: TOKEN, value: correct-horse}]"), "containers", "initContainers", 1),
			want: []string{"8: warning: container web: TOKEN is by its name a secret, and its value stands here"}},
		{name: "unread", text: podWith("env: [{name: TOKEN, value: [a]}, 3, {}]")},
	})
	check(t, &secretInEnv, []ruleCase{{name: "none", text: podWith("env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: b}}}, {name: B, valueFrom: {}}]")}})
}

func TestConfigMapSecrets(t *testing.T) {
	check(t, &configmapSecretContent, []ruleCase{
		{name: "lines", text: `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {
app.properties: "user=web\ndb.password=correct\ndb.token=horse\n",
app.json: '{"apiKey": "battery"}',
url: "amqp://a:staple@b",
key.pem: "# key\n-----BEGIN PRIVATE KEY-----\nMII\n"}}`, want: []string{
			"2: warning: app.properties, line 2: db.password is by its name a secret, and its value stands here (and 1 more)",
			"3: warning: app.json: apiKey is by its name a secret, and its value stands here",
			"4: warning: url holds a URL with a password",
			"5: warning: key.pem holds a private key in line 2",
		}},
		{name: "none", text: `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {tokenizer.json: "{}", password: "${DB}", a: "# password: correct\n"}}`},
		{name: "allowed", options: map[string]any{"allow": []string{"db.*"}}, text: `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {
app.properties: "user=web\ndb.password=correct\n", db.token: horse}}`},
		{name: "unread", text: `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {password: 3}}`},
	})
	check(t, &secretInManifest, []ruleCase{
		{name: "several", text: "{apiVersion: v1, kind: Secret, metadata: {name: a},\ndata: {a: YQ==, b: YQ==}}", want: []string{"2: info: the values of a, b stand in the file"}},
		{name: "none", text: `{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: "${A}", b: "ENC[AES256_GCM,data:x]", c: ""}, data: {tls.crt: YQ==, d: ENC}}`},
	})
	check(t, &secretTrailingNewline, []ruleCase{
		{name: "string", text: "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  api-key: |\n    correct\n", want: []string{"5: warning: the value of api-key ends in a line break"}},
		{name: "files", text: `{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: "a\nb\n", htpasswd: "a:b\n", note: "a\n", password2: "\n"}}`},
		{name: "not base64", text: "{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {\npassword: correct!,\nuser: true}}", want: []string{
			"2: error: the value of password is not base64", "3: error: the value of user is not base64"}},
	})
}

func TestEnv(t *testing.T) {
	const configs = `---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {A: a, B: b}}
---
{apiVersion: v1, kind: Secret, metadata: {name: b}, stringData: {B: c, C: c}}
`
	check(t, &envDuplicate, []ruleCase{
		{name: "appended", text: podWith(`env: [{name: PATH, value: /bin}, {name: PATH, value: "$(PATH):/opt"}]`)},
		{name: "itself", text: podWith(`env: [{name: A, value: a}, {name: A, value: $(A)}]`), want: []string{"8: warning: container web: A is set twice, and the last one counts"}},
		{name: "envFrom", text: podWith("envFrom:\n- configMapRef: {name: a}\n- secretRef: {name: b}\nenv:\n- {name: C, value: d}") + configs, want: []string{
			"10: info: container web: ConfigMap/a and Secret/b both give B, and the last one counts",
			"12: info: container web: C is in Secret/b of envFrom too, and the one here counts",
		}},
		{name: "prefix", text: podWith("envFrom:\n- {prefix: X_, configMapRef: {name: a}}\n- secretRef: {name: b}\n- secretRef: {name: elsewhere}\nenv:\n- {name: A, value: d}") + configs},
	})
	check(t, &envVarOrder, []ruleCase{
		{name: "nowhere", text: podWith(`env: [{name: HOST, value: a}, {name: URL, value: "http://$(HOSTS)/"}]`), want: []string{
			"8: warning: container web: URL refers to $(HOSTS), which is defined nowhere, did you mean \"HOST\"?"}},
		{name: "quiet", text: podWith(`env: [{name: A, value: "$(KUBERNETES_SERVICE_HOST) $(DB_SERVICE_PORT) $(A) $$(B) $(date +%s) $("}]`)},
		{name: "envFrom may", text: podWith(`
envFrom: [{configMapRef: {name: elsewhere}}]
env: [{name: A, value: $(B)}, {name: B, value: b}]`)},
		{name: "envFrom does not", text: podWith(`
envFrom: [{configMapRef: {name: a}}]
env: [{name: A, value: $(B) $(D)}]`) + configs, want: []string{"9: warning: container web: A refers to $(D), which is defined nowhere"}},
		{name: "no links", text: strings.Replace(podWith(`env: [{name: A, value: $(DB_SERVICE_PORT)}]`), "spec:", "spec:\n  enableServiceLinks: false", 1), want: []string{
			"9: warning: container web: A refers to $(DB_SERVICE_PORT), which is defined nowhere"}},
		{name: "linked", text: podWith(`env: [{name: A, value: $(DB_PORT)}]`) + "---\n{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {ports: [{port: 1}]}}\n"},
	})
	secret := func(variable, shown string) ruleCase {
		return ruleCase{name: "secret in " + variable, text: podWith("env: [{name: HUNTER, value: a}, {name: " + variable + "}]"), want: []string{
			"8: warning: container web: " + shown + " refers to a variable that is defined nowhere"}}
	}
	check(t, &envVarOrder, []ruleCase{
		secret("DB_PASSWORD, value: pre$(hunter2)post", "DB_PASSWORD"),
		secret("DB_PASSWORD, value: $(hunter2)", "DB_PASSWORD"),
		secret("URL, value: 'postgres://web:pre$(hunter2)@db'", "URL"),
		secret("GH, value: 'ghp_0123456789abcdefghij0123456789abcdef$(hunter2)'", "GH"),
	})
	check(t, &envNameInvalid, []ruleCase{
		{name: "relaxed", text: podWith(`env: [{name: "a b", value: a}, {name: 1A, value: a}]`)},
		{name: "not printable", text: podWith(`env: [{name: "ä", value: a}]`), want: []string{`8: error: container web: "ä" is no name of a variable`}},
		{name: "assignment", text: podWith(`env: [{name: "TOKEN=correct-horse"}]`), want: []string{`8: error: container web: "TOKEN=..." is no name of a variable`}},
		{name: "unread", text: podWith(`env: [{name: [], value: a}]`)},
	})
}

func TestValueNotString(t *testing.T) {
	check(t, &valueNotString, []ruleCase{
		{name: "names", text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 1.0\ndata:\n  n: no\n  a: 1e3\n  ok: x\n", want: []string{
			"4: error: name is not a string", "6: error: false is not a string", "7: error: a is not a string"}},
		{name: "args", text: podWith("args: [a, 8080, on]\nports: [{containerPort: x}]"), want: []string{"8: error: args[1] is not a string", "8: error: args[2] is not a string"}},
		{name: "service", text: "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {canary: true}}}", want: []string{"1: error: canary is not a string"}},
		{name: "not a field of text", text: "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: high}"},
		{name: "data of a Secret", text: "{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: 3}}"},
		{name: "custom", text: "{apiVersion: example.com/v1, kind: A, metadata: {name: a, labels: {a: 1, b: null, c: x}}, spec: {a: 1}}", want: []string{"1: error: a is not a string"}},
	})
}

func TestFileMode(t *testing.T) {
	pod := func(volumes string) string {
		return "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {volumes: [{name: a, " + volumes + "}]}}"
	}
	check(t, &fileModeDecimal, []ruleCase{
		{name: "octal", text: pod("secret: {defaultMode: 0400}, configMap: {defaultMode: 420}")},
		{name: "refused", text: pod("secret: {defaultMode: 644}")},
		{name: "items", text: pod("configMap: {items: [{mode: 440}]}"), want: []string{"1: warning: mode 440 is decimal: the files get 0670"}},
		{name: "downward", text: pod("downwardAPI: {items: [{mode: 444}]}"), want: []string{"1: warning: mode 444 is decimal: the files get 0674"}},
		{name: "projected", text: pod("projected: {defaultMode: 400, sources: [{secret: {items: [{mode: 400}]}}, {configMap: {items: [{mode: 256}]}}, {downwardAPI: {items: [{}]}}]}"), want: []string{
			"1: warning: mode 400 is decimal: the files get 0620", "1: warning: mode 400 is decimal: the files get 0620"}},
	})
}

func TestObjectSize(t *testing.T) {
	large := func(kilobytes int) string { return strings.Repeat("x", kilobytes<<10) }
	check(t, &objectTooLarge, []ruleCase{
		{name: "annotations", text: "{apiVersion: example.com/v1, kind: A, metadata: {name: a, annotations: {a: " + large(256) + "}}}", want: []string{
			"1: error: the annotations have 262145 bytes with their keys, an object has at most 262144"}},
		{name: "parameter", options: map[string]any{"annotations": 210}, text: objectTooLarge.Doc.Bad},
		{name: "template", text: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {metadata: {annotations: {a: " + large(201) + "}}}}}", want: []string{
			"1: info: the annotations have 205825 of at most 262144 bytes"}},
		{name: "values", text: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: " + large(600) + ", b: " + large(600) + "}}", want: []string{
			"1: error: the values have 1228800 bytes, a ConfigMap has at most 1048576"}},
		{name: "replaced", text: "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: " + large(600) + "}, data: {a: " + large(600) + "}}"},
	})
}

func TestConfigChange(t *testing.T) {
	const configMap = "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {A: a}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a-5f70bf18a0}, data: {A: a}}\n---\n{apiVersion: v1, kind: Secret, metadata: {name: b}, immutable: true}"
	workload := func(kind, annotations, spec string) string {
		return "{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: a, " + annotations + "}, spec: {template: {metadata: {" + annotations + "}, spec: {" + spec + "}}}}" + configMap
	}
	const env = "containers: [{name: a, env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: A}}}, {name: B, valueFrom: {configMapKeyRef: {name: a, key: B}}}]}]"
	want := []string{"1: info: container a reads ConfigMap/a as variables, once"}
	check(t, &configChangeNoRollout, []ruleCase{
		{name: "variables", text: workload("DaemonSet", "", env), want: want},
		{name: "checksum", text: workload("DaemonSet", "annotations: {checksum/config: x}", env)},
		{name: "Vault", text: workload("DaemonSet", "annotations: {vault.hashicorp.com/agent-inject: 'true', acme.com/shared: x}", env), want: want},
		{name: "Reloader for one", text: workload("DaemonSet", "annotations: {configmap.reloader.stakater.com/reload: a}", env)},
		{name: "reloader", text: workload("DaemonSet", "annotations: {reloader.stakater.com/auto: 'true'}", env)},
		{name: "subPath", text: workload("Deployment", "", "containers: [{name: a, volumeMounts: [{name: v, subPath: a, mountPath: /a}]}], volumes: [{name: w}, {name: v, configMap: {name: a, items: [{key: A, path: a}]}}]"),
			want: []string{"1: info: container a reads ConfigMap/a as a subPath mount, once"}},
		{name: "mount", text: workload("Deployment", "", "containers: [{name: a, volumeMounts: [{name: v, mountPath: /a}]}], volumes: [{name: v, configMap: {name: a}}]")},
		{name: "fixed, hashed, elsewhere", text: workload("Deployment", "", "containers: [{name: a, envFrom: [{secretRef: {name: b}}, {configMapRef: {name: a-5f70bf18a0}}, {configMapRef: {name: c}}]}]")},
	})
}

func TestShown(t *testing.T) {
	if got, want := Shown(objectTooLarge.Doc.Good), objectTooLarge.Doc.Good; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Shown(objectTooLarge.Doc.Bad); len(got) > 300 || !strings.Contains(got, "xxx... (205848 characters)\ndata:") {
		t.Errorf("got %.400q", got)
	}
}
