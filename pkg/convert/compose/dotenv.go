package compose

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// envFiles are the env files that somebody asks for, with a flag or COMPOSE_ENV_FILES.
func (l *loader) envFiles() []string {
	if list, _ := l.lookup("COMPOSE_ENV_FILES"); len(l.options.EnvFiles) == 0 && list != "" {
		return strings.Split(list, ",")
	}
	return l.options.EnvFiles
}

// readEnv reads the files that variables come from: .env beside the first file, unless
// others are named.
func (l *loader) readEnv() (err error) {
	if names := l.envFiles(); len(names) > 0 {
		l.env, err = l.envOf(names)
		return err
	}
	name := filepath.Join(l.base, dotenv.DotEnv)
	if !isFile(name) {
		return nil
	}
	if l.env, err = l.envOf([]string{name}); err != nil {
		pos := tree.Pos{Source: &tree.Source{Name: l.display(name)}}
		why := errors.Unwrap(err)
		if in, isLine := errors.AsType[*lineError](err); isLine {
			pos.Line, pos.Col, why = int32(in.line), 1, &lineError{}
		}
		l.wrong(pos, "", "%s: the variables of this file have no values", why)
	}
	return nil
}

// envOf are the variables of env files, later ones over earlier ones.
func (l *loader) envOf(names []string) (map[string]string, error) {
	env := map[string]string{}
	for _, name := range names {
		values, err := dotenv.ReadFile(name, func(key string) (string, bool) {
			if value, ok := env[key]; ok {
				return value, true
			}
			return l.lookup(key)
		})
		if err != nil {
			return env, fmt.Errorf("%s: %w", l.display(name), withoutText(err))
		}
		maps.Copy(env, values)
	}
	return env, nil
}

// lookup finds a variable: in the environment, else in the env files.
func (l *loader) lookup(name string) (string, bool) {
	if l.options.LookupEnv != nil {
		if value, ok := l.options.LookupEnv(name); ok {
			return value, true
		}
	}
	value, ok := l.env[name]
	return value, ok
}

// lineError is that a line of an env file cannot be read; 0 where no line is known.
type lineError struct{ line int }

func (e *lineError) Error() string {
	if e.line == 0 {
		return "not KEY=VALUE"
	}
	return fmt.Sprintf("line %d: not KEY=VALUE", e.line)
}

// lineOf is the line at the start of an error of the package dotenv.
var lineOf = lazy(`^line ([0-9]+)`)

// withoutText is an error about an env file without the text in it, which may be a
// secret.
func withoutText(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file")
	case errors.Is(err, fs.ErrPermission):
		return fs.ErrPermission
	}
	found := &lineError{}
	if m := lineOf().FindStringSubmatch(err.Error()); m != nil {
		found.line, _ = strconv.Atoi(m[1]) // digits alone
	}
	return found
}
