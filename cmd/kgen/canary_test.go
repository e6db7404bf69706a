package main

import (
	"encoding/base64"
	"encoding/hex"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The values that must be seen nowhere but on standard output, when asked for.
const (
	canaryVariable = "canary-of-a-variable"
	canaryFile     = "canary-of-a-file"
)

// canaryProject has Secrets from variables and from files, of every kind of use.
var canaryProject = map[string]string{
	".git/HEAD": "",
	"kgen.cue": `
namespace: {name: "shop", create: true}
output: dir: "deploy"
`,
	"services/web.cue": `
image: "example.com/web:1"
ports: http: 8080
probes: readiness: httpGet: path: "/"
resources: requests: {cpu: "1", memory: "1Gi"}
env: DB_PASSWORD: {secret: "db"}
envFrom: [{secret: "more"}]
secrets: {
	db: DB_PASSWORD: env: "DB_PASSWORD"
	more: {hashed: true, immutable: true, data: {A: env: "A", B: file: "../secret.txt"}}
}
files: "/etc/app/key": secret: file: "../secret.txt"
configMaps: app: MODE: "prod"
patches: [{kind: "Secret", name: "db", merge: metadata: labels: patched: "yes"}]
`,
	"secret.txt": canaryFile + "\n",
}

// canaryRuns are runs of every command; a run that may print values says so.
var canaryRuns = []struct {
	args   []string
	status int
	shows  bool
	before map[string]string // files to put first
	input  string
}{
	{args: []string{"render"}},
	{args: []string{"render", "--secret-values"}, shows: true},
	{args: []string{"render", "--secret-values", "--only", "Secret"}, shows: true},
	{args: []string{"render", "--secret-values", "--only", "ConfigMap,Deployment"}},
	{args: []string{"render", "--only", "Secret"}},
	{args: []string{"render", "-o", "out"}},
	{args: []string{"render", "-o", "flat", "--layout", "service"}},
	{args: []string{"render", "-o", "kustomized", "--layout", "kustomize"}},
	{args: []string{"render", "--write"}},
	{args: []string{"render", "--check"}},
	{args: []string{"diff"}},
	{args: []string{"diff", "--secret-values"}, status: exitWrong},
	{args: []string{"diff", "--secret-values", "--format", "json", "--against", "before.yaml"}, status: exitWrong, before: map[string]string{
		"before.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {DB_PASSWORD: before}\n",
	}},
	{args: []string{"diff", "--secret-values", "--format", "markdown", "--against", "before.yaml"}, status: exitWrong},
	{args: []string{"render", "--check"}, status: exitWrong, before: map[string]string{"services/api.cue": `
image: "example.com/api:1"
resources: requests: {cpu: "1", memory: "1Gi"}
secrets: api: TOKEN: env: "TOKEN"
`}},
	{args: []string{"render", "--secret-values", "-o", "values"}, status: exitFailed},
	{args: []string{"render", "--secret-values", "--write", "--force"}, status: exitFailed},
	{args: []string{"render", "--secret-values", "--check", "--force"}, status: exitFailed},
	{args: []string{"render", "--secret-values"}, status: exitWrong, before: map[string]string{"services/bad.cue": `
image: "example.com/bad:1"
resources: requests: {cpu: "1", memory: "1Gi"}
secrets: bad: {A: env: "A", B: file: "no-such-file", C: env: "UNSET", D: file: "../secret.txt"}
patches: [{kind: "Secret", merge: data: A: 7}, {kind: "Secret", jsonPatch: [{op: "test", path: "/data/A", value: "x"}]}]
`}},
	{args: []string{"render", "--secret-values", "services/web.cue"}, status: exitWrong},
	{args: []string{"validate"}, status: exitWrong},
	{args: []string{"render", "--secret-values"}, status: exitWrong, before: map[string]string{"services/bad.cue": `
image: "example.com/bad:1"
resources: requests: {cpu: "1", memory: "1Gi"}
secrets: {
	json: {type: "kubernetes.io/dockerconfigjson", data: ".dockerconfigjson": env: "A"}
	tls: {type: "kubernetes.io/tls", data: {"tls.crt": env: "A", "tls.key": file: "secret.txt"}}
}
`}},
	{args: []string{"validate"}, before: map[string]string{"services/bad.cue": `
image: "example.com/bad:1"
resources: requests: {cpu: "1", memory: "1Gi"}
`}},
	{args: []string{"lint", "--profile", "strict"}, status: exitWrong},
	{args: []string{"lint", "--profile", "strict", "--format", "json"}, status: exitWrong},
	{args: []string{"lint", "--write-baseline", ".kgen-baseline"}},
	{args: []string{"lint", "--baseline", ".kgen-baseline"}},
	{args: []string{"rules"}},
	{args: []string{"explain", "env-plain-secret"}},
	{args: []string{"explain", "web", "secrets"}},
	{args: []string{"explain", "web", "files", "--format", "json"}},
	{args: []string{"export"}},
	{args: []string{"export", "web", "--format", "yaml"}},
	{args: []string{"export", "web", "--without-defaults"}},
	{args: []string{"set", "replicas=3", "web"}},
	{args: []string{"set", "secrets.db.DB_PASSWORD.env=OTHER", "web", "--dry-run"}},
	{args: []string{"set", "env.DB_PASSWORD=" + canaryVariable, "web"}, status: exitWrong},
	{args: []string{"diff", "-"}, status: exitWrong, input: "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {DB_PASSWORD: " + canaryFile + "}\n"},
	{args: []string{"fn"}, input: `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items: []
functionConfig: {apiVersion: kgen.dev/v1alpha1, kind: KgenProject, metadata: {name: web}, spec: {path: "."}}
`},
	{args: []string{"import", "compose", "-", "-o", "imported"}, input: "services:\n  web:\n    image: ghcr.io/acme/web:1.4.2\n    environment: {DB_PASSWORD: " + canaryVariable + "}\n    command: [serve, --token=" + canaryFile + "]\n"},
	{args: []string{"import", "manifests", "-", "-o", "adopted", "--all"}, input: "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {DB_PASSWORD: " + canaryFile + "}\n", status: exitWrong},
	{args: []string{"init", "fresh"}},
	{args: []string{"man", "pages"}},
	{args: []string{"schema"}},
	{args: []string{"version"}},
	{args: []string{"completion", "bash"}},
	{args: []string{"help"}},
}

func TestSecretValuesAreNowhereElse(t *testing.T) {
	dir := t.TempDir()
	for name, text := range canaryProject {
		put(t, filepath.Join(dir, name), text)
	}
	t.Chdir(dir)
	env := func(name string) (string, bool) {
		isSetting := strings.HasPrefix(name, "COMPOSE_") // which names files and profiles
		return canaryVariable, name != "UNSET" && name != "NO_COLOR" && name != "TERM" && !isSetting
	}
	ran := map[string]bool{}
	for _, test := range canaryRuns {
		for name, text := range test.before {
			put(t, name, text)
		}
		got := runWith(env, test.input, test.args...)
		ran[test.args[0]] = true
		line := "kgen " + strings.Join(test.args, " ")
		if got.status != test.status {
			t.Errorf("%s: status %d, want %d\n%s", line, got.status, test.status, got.stderr)
		}
		if found := canaries(got.stderr); found != "" {
			t.Errorf("%s: %s on standard error", line, found)
		}
		if found := canaries(got.stdout); (found != "") != test.shows {
			t.Errorf("%s: %q on standard output", line, found)
		}
	}
	written := files(t, dir)
	for _, name := range slices.Sorted(maps.Keys(written)) {
		if found := canaries(written[name]); found != "" && name != "secret.txt" {
			t.Errorf("%s in %s", found, name)
		}
	}
	for _, c := range newRoot(&process{}).Commands() {
		if !ran[c.Name()] && !c.Hidden {
			t.Errorf("no run of kgen %s is searched for secret values", c.Name())
		}
	}
}

// canaries names the secret value that text holds, in any encoding.
func canaries(text string) string {
	for _, canary := range []string{canaryVariable, canaryFile} {
		for _, encoded := range []string{
			canary, hex.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte(canary))[:len(canary)],
		} {
			if strings.Contains(text, encoded) {
				return canary
			}
		}
	}
	return ""
}

// TestBrokenSecretsAreNotQuoted breaks the value in a Secret in every way that a
// reader has words for.
func TestBrokenSecretsAreNotQuoted(t *testing.T) {
	bare := strings.ReplaceAll(canaryVariable, "-", "") // as a name in YAML, and a word
	for _, value := range []string{
		"*" + bare, "&" + bare + " [*" + bare + "]", "[*" + bare + ", x]", "!" + bare + " x", "!" + bare + "!" + bare + " x", "!<" + bare + "> [x]",
		"!!int " + bare, "!!float " + bare, "!!binary " + bare, "!!binary ///" + bare, "!!" + bare + " {a: b}",
		"@" + bare, "`" + bare, "%" + bare, "*", "&", "\"\\" + bare + "\"", "\"\\x" + bare + "\"", "\"\\ud800" + bare + "\"", "\"" + bare, "'" + bare,
		bare + ": " + bare, "[" + bare, "{x: " + bare, "{x: " + bare + ", x: " + bare + "}", "[[" + bare + "]: " + bare + "]", "? [" + bare + "]", "| " + bare, "|2\n " + bare,
		bare + "\x00", bare + "\xff", bare + "\x1b", "\t" + bare + "\n\t" + bare, "\n  - " + bare + "\n  x: " + bare, "\n--- " + bare, "\n...\n" + bare,
		"\n  <<: " + bare, "\n  <<: [*" + bare + "]", "\n  x: 1\n x: " + bare, "[" + bare + "]", "{x: " + bare + "}", ".inf", "1e999", "yes", "123",
	} {
		for _, document := range []string{
			"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: " + value + "\n",
			"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  password: " + value + "\n",
			"apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: " + value + "\n",
			"%" + value + "\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n",
			`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"password": ` + value + "}}\n",
			`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"password": "` + value + "\"}}\n",
			`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"password": "` + value + "\" \"}}\n",
		} {
			got := runWith(func(string) (string, bool) { return "", false }, document, "validate", "-")
			if got.status == exitFailed || strings.Contains(got.stdout+got.stderr, bare) {
				t.Errorf("status %d of\n%s\n%s%s", got.status, document, got.stdout, got.stderr)
			}
		}
	}
}

// TestReferencesInSecretsAreNotQuoted lints passwords in which a part looks like the
// reference to a variable.
func TestReferencesInSecretsAreNotQuoted(t *testing.T) {
	bare := strings.ReplaceAll(canaryVariable, "-", "_")
	for _, variable := range []string{
		"name: DB_PASSWORD, value: a$(" + bare + ")b", "name: DB_PASSWORD, value: $(" + bare + ")", "name: URL, value: 'https://web:a$(" + bare + ")@db'",
	} {
		pod := "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: 'a:1.0.0', env: [{" + variable + "}]}]}}"
		for _, format := range []string{"text", "json"} {
			got := runWith(func(string) (string, bool) { return "", false }, pod, "lint", "--profile", "strict", "--format", format, "-")
			if !strings.Contains(got.stdout, "env-var-order") || strings.Contains(got.stdout+got.stderr, bare) {
				t.Errorf("status %d of %s\n%s%s", got.status, variable, got.stdout, got.stderr)
			}
		}
	}
}

func TestSecretValuesOnATerminal(t *testing.T) {
	dir := t.TempDir()
	for name, text := range canaryProject {
		put(t, filepath.Join(dir, name), text)
	}
	t.Chdir(dir)
	env := func(string) (string, bool) { return canaryVariable, true }
	for _, test := range []struct {
		args   []string
		status int
		shows  bool
	}{
		{[]string{"render"}, exitClean, false},
		{[]string{"render", "--secret-values"}, exitFailed, false},
		{[]string{"render", "--secret-values", "--force"}, exitClean, true},
	} {
		var stdout, stderr strings.Builder
		status := run(test.args, &process{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, lookupEnv: env, isStdoutTerminal: true})
		if status != test.status || (canaries(stdout.String()) != "") != test.shows {
			t.Errorf("kgen %s: status %d, want %d\n%s", strings.Join(test.args, " "), status, test.status, stderr.String())
		}
	}
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	for name, text := range canaryProject {
		put(t, filepath.Join(dir, name), text)
	}
	t.Chdir(dir)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	var stderr strings.Builder
	env := func(string) (string, bool) { return "", false }
	status := run([]string{"render"}, &process{stdin: strings.NewReader(""), stdout: full, stderr: &stderr, lookupEnv: env})
	if status != exitFailed || !strings.Contains(stderr.String(), "kgen: write standard output: ") {
		t.Errorf("status %d: %s", status, stderr.String())
	}
}
