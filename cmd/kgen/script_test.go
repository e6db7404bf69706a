package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// update accepts new output: KGEN_UPDATE=1 go test ./...
var update = os.Getenv("KGEN_UPDATE") != ""

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kgen": main})
}

// TestScript runs the scripts of testdata/script. Besides the commands of
// testscript they have
//
//	status N COMMAND...    runs a command that has to end with status N
//	await FILE EXPRESSION  waits until a file matches
//
// and the condition [root]. The working directory is the root of a repository.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			return os.Mkdir(filepath.Join(env.WorkDir, ".git"), 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status, "await": await},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
	})
}

// status runs a command and demands its exit status.
func status(ts *testscript.TestScript, isNegated bool, args []string) {
	if isNegated || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s ended with status %d, want %d", args[1], got, want)
	}
}
