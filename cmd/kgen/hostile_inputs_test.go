//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// hostileInput is one project, and what rendering it has to come to.
type hostileInput struct {
	name    string
	prepare func(t *testing.T, dir string)
	args    []string // after "render"
	stdin   string   // a file
	status  int
	stderr  string // a pattern
	// needsUser skips the input for root.
	needsUser bool
}

// file prepares one file of the project.
func file(name, content string) func(*testing.T, string) {
	return func(t *testing.T, dir string) { write(t, dir, name, content) }
}

// nested is a value in n brackets.
func nested(open, inner, end string, n int) string {
	return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
}

func hostileInputs() []hostileInput {
	var list []hostileInput
	list = append(list, hostileFiles()...)
	list = append(list, hostileNesting()...)
	list = append(list, hostileEvaluation()...)
	return append(list, hostilePaths()...)
}

// hostileFiles are too large, or no text.
func hostileFiles() []hostileInput {
	const (
		megabytes = 50 << 20
		levels    = `(?m)^services/web\.\w+(:\d+:\d+)?: error schema/(file|syntax): `
	)
	var list []hostileInput
	for _, ext := range []string{"cue", "yaml", "json"} {
		web := "services/web." + ext
		pattern := `(?m)^services/web\.` + ext + `(:\d+:\d+)?: error schema/`
		list = append(list,
			hostileInput{name: "50 MB of " + ext, status: exitWrong, stderr: pattern + `file: .*5 MiB`,
				prepare: file(web, `{"args": ["`+strings.Repeat("x", megabytes)+`"]}`)},
			hostileInput{name: "binary " + ext, status: exitWrong, stderr: pattern,
				prepare: file(web, "\x7fELF\x02\x01\x01\x00\x00\x00\x00\xff\xfe\n\x00args")},
			hostileInput{name: "no UTF-8 in " + ext, status: exitWrong, stderr: pattern,
				prepare: file(web, "{\"args\": [\"caf\xe9\"]}\n")},
			hostileInput{name: "UTF-16 in " + ext, status: exitWrong, stderr: pattern,
				prepare: file(web, "\xff\xfe{\x00}\x00\n\x00")},
			hostileInput{name: "only spaces in " + ext, status: exitWrong, stderr: levels,
				prepare: file(web, "\n  \n\n")},
			hostileInput{name: "a long key in " + ext, status: exitWrong, stderr: pattern + `(unknown-field|syntax)`,
				prepare: file(web, `{"`+strings.Repeat("k", 1500)+`": 1}`)},
			hostileInput{name: "a huge exponent in " + ext, status: exitWrong, stderr: pattern + `invalid-value: replicas`,
				prepare: file(web, `{"replicas": 1e999999999}`)},
			hostileInput{name: "a huge exponent as text in " + ext, status: exitClean, stderr: `^$`,
				prepare: file(web, `{"env": {"A": 1e999999999}}`)},
		)
	}
	return list
}

// hostileNesting is deep, or grows when it is read.
func hostileNesting() []hostileInput {
	const deep = 200_000
	bomb := &strings.Builder{}
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(bomb, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	const levels = `(:\d+:\d+)?: error schema/(file|syntax): .*(deep|levels)`
	return []hostileInput{
		{name: "nested CUE", status: exitWrong, stderr: `(?m)^services/web\.cue` + levels,
			prepare: file("services/web.cue", "a: "+nested("{", "", "}", deep))},
		{name: "nested CUE fields", status: exitWrong, stderr: `(?m)^services/web\.cue` + levels,
			prepare: file("services/web.cue", strings.Repeat("a: ", deep)+"1")},
		{name: "nested CUE operators", status: exitWrong, stderr: `(?m)^services/web\.cue`,
			prepare: file("services/web.cue", "replicas: "+nested("(", "1", ")", deep))},
		{name: "nested CUE signs", status: exitWrong, stderr: `(?m)^services/web\.cue`,
			prepare: file("services/web.cue", "replicas: "+strings.Repeat("- ", deep)+"1")},
		{name: "unclosed CUE", status: exitWrong, stderr: `(?m)^services/web\.cue`,
			prepare: file("services/web.cue", strings.Repeat("a: {", deep))},
		{name: "nested YAML", status: exitWrong, stderr: `(?m)^services/web\.yaml` + levels,
			prepare: file("services/web.yaml", "a: "+nested("[", "", "]", deep))},
		{name: "nested YAML maps", status: exitWrong, stderr: `(?m)^services/web\.yaml` + levels,
			prepare: file("services/web.yaml", nested("{a: ", "1", "}", deep))},
		{name: "nested YAML entries", status: exitWrong, stderr: `(?m)^services/web\.yaml` + levels,
			prepare: file("services/web.yaml", "a:\n"+strings.Repeat("- ", deep)+"1\n")},
		{name: "nested JSON", status: exitWrong, stderr: `(?m)^services/web\.json` + levels,
			prepare: file("services/web.json", nested(`{"a":`, "1", "}", deep))},
		{name: "alias bomb", status: exitWrong, stderr: `(?m)^services/web\.yaml(:\d+:\d+)?: error schema/(file|syntax): .*alias`,
			prepare: file("services/web.yaml", bomb.String())},
		{name: "alias of itself", status: exitWrong, stderr: `(?m)^services/web\.yaml(:\d+:\d+)?: error schema/`,
			prepare: file("services/web.yaml", "env: &a\n  A: *a\n")},
		{name: "kgen.cue nested", status: exitWrong, stderr: `(?m)^kgen\.cue` + levels,
			prepare: file("kgen.cue", "a: "+nested("{", "", "}", deep))},
	}
}

// hostileEvaluation is CUE that does not end, or grows while it is evaluated.
func hostileEvaluation() []hostileInput {
	loops := "import \"list\"\n\nlet r = list.Range(0, 100, 1)\nargs: [\n"
	for i := range 7 {
		loops += fmt.Sprintf("\tfor i%d in r\n", i)
	}
	loops += "\t{\"\\(i0)\"},\n]\n"
	const gone = `(?m)services/web\.cue`
	return []hostileInput{
		{name: "seven nested for", args: []string{"--timeout", "2s"}, status: exitFailed, stderr: gone + `.*--timeout`,
			prepare: file("services/web.cue", loops)},
		{name: "seven nested for in kgen.cue", args: []string{"--timeout", "2s"}, status: exitFailed, stderr: `kgen\.cue.*--timeout`,
			prepare: file("kgen.cue", strings.Replace(loops, "args:", "serviceFiles:", 1))},
		{name: "a list of a million", args: []string{"--timeout", "5s"}, status: exitFailed, stderr: gone,
			prepare: file("services/web.cue", "import \"list\"\n\nenv: {for i in list.Range(0, 1000000, 1) {\"A\\(i)\": \"\\(i)\"}}\n")},
		{name: "a string of 100 GB", status: exitWrong, stderr: gone + `:\d+:\d+: error schema/evaluation`,
			prepare: file("services/web.cue", "import \"strings\"\n\nargs: [strings.Repeat(\"0123456789\", 10000000000)]\n")},
		{name: "a structural cycle", status: exitWrong, stderr: gone + `:\d+:\d+: error schema/`,
			prepare: file("services/web.cue", "#A: next: #A\nenv: #A\n")},
		{name: "a reference to itself", status: exitWrong, stderr: gone + `:\d+:\d+: error schema/`,
			prepare: file("services/web.cue", "replicas: replicas\n")},
		{name: "a power of a power", status: exitWrong, stderr: gone + `:\d+:\d+: error schema/evaluation`,
			prepare: file("services/web.cue", "import \"math\"\n\nreplicas: math.Pow(10, 100000000)\n")},
	}
}

// hostilePaths are no files, or lead nowhere.
func hostilePaths() []hostileInput {
	link := func(from, to string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			write(t, dir, "services/fine.cue", `args: ["work"]`)
			if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
				t.Fatal(err)
			}
		}
	}
	locked := func(name string, isDir bool) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			write(t, dir, "services/fine.cue", `args: ["work"]`)
			path := filepath.Join(dir, name)
			if isDir {
				write(t, path, "web.cue", "")
			} else {
				write(t, dir, name, "")
			}
			if err := os.Chmod(path, 0); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(path, 0o755) })
		}
	}
	pipe := func(t *testing.T, dir string) {
		write(t, dir, "services/fine.cue", `args: ["work"]`)
		if err := syscall.Mkfifo(filepath.Join(dir, "services/pipe.yaml"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return []hostileInput{
		{name: "a loop of directories", status: exitFailed, stderr: `services/again.*loop`, prepare: link("services/again", "..")},
		{name: "a link to itself", status: exitFailed, stderr: `services/self\.yaml`, prepare: link("services/self.yaml", "self.yaml")},
		{name: "a link to nothing", status: exitFailed, stderr: `services/gone\.yaml`, prepare: link("services/gone.yaml", "nothing.yaml")},
		{name: "a locked directory", status: exitFailed, stderr: `services/locked.*permission`, needsUser: true, prepare: locked("services/locked", true)},
		{name: "a locked file", status: exitFailed, stderr: `services/locked\.cue.*permission`, needsUser: true, prepare: locked("services/locked.cue", false)},
		{name: "a pipe among the files", status: exitClean, stderr: `^$`, prepare: pipe},
		{name: "a pipe that was named", args: []string{"services/pipe.yaml"}, status: exitFailed, stderr: `services/pipe\.yaml`, prepare: pipe},
		{name: "a device", args: []string{"/dev/zero"}, status: exitFailed, stderr: `/dev/zero`, prepare: pipe},
		{name: "endless standard input", args: []string{"-"}, stdin: "/dev/zero", status: exitWrong, stderr: `5 MiB`, prepare: pipe},
		{name: "empty standard input", args: []string{"-"}, stdin: os.DevNull, status: exitWrong, stderr: `empty`, prepare: pipe},
		{name: "a directory with a file's name", status: exitClean, stderr: `^$`, prepare: file("services/web.yaml/fine.cue", `args: ["work"]`)},
		{name: "kgen.cue is a directory", status: exitFailed, stderr: `.`, prepare: func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "kgen.cue")); err != nil {
				t.Fatal(err)
			}
			write(t, dir, "kgen.cue/x", "")
		}},
	}
}
