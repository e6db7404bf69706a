package main

import (
	"encoding/json"
	"fmt"
	"os/exec"

	"github.com/rogpeppe/go-internal/testscript"
)

// passGo gives scripts, which have no home, the caches and settings of go: pre-commit
// has a GOPATH of its own, in which it would download all modules again.
func passGo(env *testscript.Env) error {
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GONOSUMDB", "GOSUMDB", "GOFLAGS", "GOTOOLCHAIN"}
	out, err := exec.Command("go", append([]string{"env", "-json"}, names...)...).Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	values := map[string]string{}
	if err := json.Unmarshal(out, &values); err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	for _, name := range names {
		if values[name] != "" {
			env.Setenv(name, values[name])
		}
	}
	return nil
}
