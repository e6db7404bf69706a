package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestPrograms runs the scripts of testdata/programs, which need other programs.
// Each begins with a line such as [!exec:cue] skip; with KGEN_PROGRAMS=1, as
// .ci/run has it, none may be missing. $CHECKOUT is this repository.
func TestPrograms(t *testing.T) {
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("KGEN_PROGRAMS") != "" {
		for _, program := range []string{"actionlint", "cue", "git", "kustomize", "pre-commit"} {
			if _, err := exec.LookPath(program); err != nil {
				t.Error(err)
			}
		}
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "programs"),
		UpdateScripts:       update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "lsp": lsp},
		Setup: func(env *testscript.Env) error {
			env.Setenv("CHECKOUT", checkout)
			return passGo(env)
		},
	})
}
