package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// commandLine is kgen with what follows, up to where the line or a quote ends, or
// its output goes elsewhere.
var commandLine = regexp.MustCompile("\\bkgen (?:render|lint|validate|diff)(?: [^'`|>\"\\s]+)*")

// TestPipelines runs what the pages on hooks and pipelines have as files, in a project
// whose manifests are rendered: no command may end as one that kgen cannot do.
func TestPipelines(t *testing.T) {
	var commands []string
	for _, page := range []string{"../../docs/ci.md", "../../docs/pre-commit.md"} {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range blocks(string(data), "yaml") {
			var document any
			if err := yaml.Unmarshal([]byte(block), &document); err != nil {
				t.Errorf("%s: %v\n%s", page, err, block)
			}
			commands = append(commands, invocations(document)...)
			lintWorkflow(t, block)
		}
		commands = append(commands, commandLine.FindAllString(string(data), -1)...)
	}
	slices.Sort(commands)
	commands = slices.Compact(commands)
	if len(commands) < 8 {
		t.Errorf("found only %q", commands)
	}
	t.Chdir(pipelineProject(t))
	for _, command := range commands {
		if strings.Contains(command, "FILE") || strings.HasSuffix(command, "kgen diff") {
			continue
		}
		t.Run(command, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := run(strings.Fields(command)[1:], &process{
				stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, lookupEnv: os.LookupEnv,
			})
			if status != exitClean {
				t.Errorf("status %d\n%s%s", status, stdout.String(), stderr.String())
			}
		})
	}
}

// TestAction demands that no text of a workflow gets into a command of the action, and
// that the documentation names its inputs.
func TestAction(t *testing.T) {
	data, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Description string }
		Runs   struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &action); err != nil {
		t.Fatal(err)
	}
	env := ""
	for _, step := range action.Runs.Steps {
		if step.Run == "" || strings.Contains(step.Run, "${{") {
			t.Errorf("a step runs %q", step.Run)
		}
		for _, value := range step.Env {
			env += value
		}
	}
	page, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, input := range action.Inputs {
		if input.Description == "" || !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the input %s is not documented", name)
		}
		if name != "working-directory" && !strings.Contains(env, "inputs."+name+" ") {
			t.Errorf("no step has the input %s", name)
		}
	}
}

// invocations are the command lines that a pipeline has in parts: the inputs of the
// action, the arguments of a hook and the parameters of a template.
func invocations(node any) (commands []string) {
	switch n := node.(type) {
	case []any:
		for _, e := range n {
			commands = append(commands, invocations(e)...)
		}
	case map[string]any:
		commands = append(commands, ofMap(n)...)
		for _, e := range n {
			commands = append(commands, invocations(e)...)
		}
	}
	return commands
}

func ofMap(n map[string]any) []string {
	words := func(list any) (text string) {
		items, _ := list.([]any)
		for _, item := range items {
			switch item := item.(type) {
			case string:
				text += " " + item
			case map[string]any:
				value, _ := item["value"].(string)
				text += " " + value
			}
		}
		return text
	}
	uses, _ := n["uses"].(string)
	with, _ := n["with"].(map[string]any)
	if command, _ := with["command"].(string); command != "" && strings.HasPrefix(uses, "kgen-dev/kgen@") {
		for _, input := range []string{"format", "args", "paths"} {
			if text, ok := with[input].(string); ok && input == "format" {
				command += " --format " + text
			} else if ok {
				command += " " + strings.Join(strings.Fields(text), " ")
			}
		}
		return []string{"kgen " + command}
	}
	if id, _ := n["id"].(string); n["args"] != nil && strings.HasPrefix(id, "kgen-") {
		return []string{"kgen " + strings.TrimPrefix(id, "kgen-") + words(n["args"])}
	}
	if arguments, ok := n["arguments"].(map[string]any); ok && n["template"] == "kgen" {
		return []string{"kgen" + words(arguments["parameters"])}
	}
	return nil
}

// lintWorkflow looks at a workflow of GitHub with actionlint, where that is installed.
func lintWorkflow(t *testing.T, block string) {
	t.Helper()
	if _, err := exec.LookPath("actionlint"); err != nil || !strings.HasPrefix(block, "# .github/workflows/") {
		return
	}
	c := exec.Command("actionlint", "-shellcheck=", "-pyflakes=", "-")
	c.Stdin = strings.NewReader(block)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// pipelineProject is a repository of two commits with a rendered project.
func pipelineProject(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		args = append([]string{"-C", dir, "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"}, args...)
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	git("init", "-q") // first: what is rendered names its project by its place in the repository
	write("kgen.cue", "namespace: \"shop\"\noutput: dir: \"deploy\"\n")
	write("services/svc-7.cue", `image: "ghcr.io/acme/web:1.4.2"
ports: http: 8080
probes: readiness: httpGet: path: "/ready"
resources: requests: {cpu: "100m", memory: "128Mi"}
`)
	status := run([]string{"render", "-o", filepath.Join(dir, "deploy"), dir}, &process{stdout: &bytes.Buffer{}, stderr: os.Stderr, lookupEnv: os.LookupEnv})
	if status != exitClean {
		t.Fatalf("render: status %d", status)
	}
	git("add", "-A")
	git("commit", "-q", "-m", "one")
	git("commit", "-q", "--allow-empty", "-m", "two")
	return dir
}
