package scaffold

import (
	"fmt"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"
)

// docsAt is where the pages about kgen are.
const docsAt = "https://github.com/kgen-dev/kgen/blob/main/docs/"

// text is a file of CUE in the making.
type text struct{ strings.Builder }

func (t *text) line(line string) { t.WriteString(line + "\n") }

func (t *text) linef(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

// formatted is the text as cue fmt has it.
func (t *text) formatted() (string, error) {
	source, err := format.Source([]byte(t.String()))
	if err != nil {
		return "", fmt.Errorf("what init writes does not parse: %w", err)
	}
	return string(source), nil
}

// serviceFile is the file of a service, in the form that CUE itself can check.
func serviceFile(w *workload) (string, error) {
	t := &text{}
	t.line("package services\n")
	t.line("import \"kgen.dev/schema\"\n")
	t.line("// All fields, and what stands where none is said:\n// " + docsAt + "service.md")
	t.linef("services: %s: schema.#Service & {", label(w.name))
	if w.isDemo {
		t.line("// An image that shows a page: put yours here.")
	}
	t.linef("image: %s", quote(w.ref))
	if len(w.Command) > 0 {
		t.line("\n// The image has a runtime and no program; yours goes into an image made from it.")
		t.linef("command: %s", list(w.Command))
	}
	w.addPorts(t)
	w.addEnv(t)
	w.addRestricted(t)
	w.addData(t)
	t.line("\n// The memory is the limit too; there is no limit of the CPU unless you say one.")
	memory := w.Memory
	if memory == "" {
		memory = "128Mi"
	}
	t.linef("resources: requests: {cpu: \"100m\", memory: %s}", quote(memory))
	w.addReplicas(t)
	t.line("}")
	return t.formatted()
}

// addPorts adds the port and how to tell that it is served.
func (w *workload) addPorts(t *text) {
	if w.Port == 0 {
		return
	}
	name := w.Protocol
	if name == "" {
		name = "http"
	}
	if w.isAssumed {
		t.line("\n// What the process listens on; without ports and probes it is a worker.")
	}
	t.linef("ports: %s: %d", label(name), w.Port)
	t.line("\n// A pod gets traffic, and a rollout goes on, once this succeeds.")
	switch {
	case w.Path != "":
		t.linef("probes: readiness: httpGet: path: %s", quote(w.Path))
	case len(w.Ready) > 0:
		t.linef("probes: readiness: {\nexec: command: %s\ntimeoutSeconds: 5\n}", list(w.Ready))
	case w.isKnown:
		t.linef("probes: readiness: tcpSocket: port: %s", quote(name))
	default:
		t.line("// Better is a page that knows: readiness: httpGet: path: \"/ready\"")
		t.linef("probes: readiness: tcpSocket: port: %s", quote(name))
	}
}

// addEnv adds the variables that the image wants.
func (w *workload) addEnv(t *text) {
	hasPort := w.PortEnv != "" && w.Port != 0
	if len(w.Env) == 0 && w.Password == "" && !hasPort {
		return
	}
	secret := w.name + "-passwords"
	t.line("\nenv: {")
	if hasPort {
		t.linef("%s: \"%d\"", w.PortEnv, w.Port)
	}
	for _, v := range w.Env {
		t.line("// " + v.Why)
		t.linef("%s: %s", v.Name, quote(v.Value))
	}
	if w.Password != "" {
		t.linef("%s: {secret: %s}", w.Password, quote(secret))
	}
	t.line("}")
	if w.Password != "" {
		t.linef("\n// No value is ever written into a file. With %s in the environment:", w.Password)
		t.line("// kgen render --only Secret --secret-values | kubectl apply -f -")
		t.linef("secrets: %s: %s: env: %s", quote(secret), w.Password, quote(w.Password))
	}
}

// addRestricted adds what the image needs as a user that is not root, with a
// read-only root.
func (w *workload) addRestricted(t *text) {
	if !w.isKnown {
		t.line("\n// Pods run as a user that is not root, and can write to /tmp alone. Where the image")
		t.line("// names no such user by its number, or writes elsewhere, say so:")
		t.line("// podSecurityContext: {runAsUser: 10001, runAsGroup: 10001}")
		t.line("// writable: [\"/var/cache/app\"]")
	}
	isLow := w.Port > 0 && w.Port < 1024
	if w.isKnown || isLow {
		t.line("\npodSecurityContext: {")
		if w.isKnown {
			t.line("// The user that the image is made for:\n// " + w.Sources[0])
			t.linef("runAsUser: %d\nrunAsGroup: %d", w.User.ID, w.User.Group)
		}
		if isLow {
			if w.isKnown {
				t.line("")
			}
			t.line("// Nodes may keep ports under 1024 for root; this opens them to the pod.")
			t.line("sysctls: [{name: \"net.ipv4.ip_unprivileged_port_start\", value: \"0\"}]")
		}
		t.line("}")
	}
	if len(w.Writable) > 0 {
		t.line("\n// What it writes to, beside /tmp: empty directories in each pod.")
		t.linef("writable: %s", list(w.Writable))
	}
}

// addData adds the volume.
func (w *workload) addData(t *text) {
	if w.Data == "" {
		return
	}
	t.line("\n// The claim stays when the service goes. One pod alone can use it: replicas take an")
	t.line("// operator or a managed service.")
	if w.SubPath == "" {
		t.linef("volumes: data: {mountPath: %s, size: \"10Gi\", retain: true}", quote(w.Data))
		return
	}
	t.linef("volumes: data: {\nmounts: %s: subPath: %s // a fresh volume may hold lost+found\nsize: \"10Gi\"\nretain: true\n}", quote(w.Data), quote(w.SubPath))
}

// addReplicas says why there is one pod of some; of those with a volume there is one
// anyway.
func (w *workload) addReplicas(t *text) {
	if w.Single && w.Port != 0 && w.Data == "" {
		t.line("\nreplicas: 1")
		t.line("lint: ignore: \"min-replicas\": \"two pods would each know half of the entries\"")
	}
}

// label is a key, in quotes where it needs them.
func label(key string) string {
	if ast.IsValidIdent(key) && !ast.StringLabelNeedsQuoting(key) {
		return key
	}
	return quote(key)
}

func quote(s string) string { return literal.String.Quote(s) }

func list(all []string) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
