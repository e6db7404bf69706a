// Package compose makes kgen projects of compose files. The files are put together by
// the packages of compose-go; its loader itself is not used, for it brings a JSON Schema
// library that costs milliseconds at the start of every command.
package compose

import (
	"io"

	"github.com/kgen-dev/kgen/pkg/convert"
)

// Options say what to import.
type Options struct {
	// Files are compose files, later ones over earlier ones; "-" is Stdin.
	Files []string
	Stdin io.Reader
	// EnvFiles are read for variables in the place of .env beside the first file.
	EnvFiles []string
	// LookupEnv finds variables of the environment, which go over those of EnvFiles; nil
	// finds none.
	LookupEnv func(name string) (string, bool)
	// Profiles are those whose services are imported, "*" is all.
	Profiles []string
	// VolumeSize is how large a claim is, VolumeSizes the same by the name of the volume.
	// A volume without either is a ToDo, and so an error.
	VolumeSize  string
	VolumeSizes map[string]string
}

// Convert makes a project. Mistakes in the files are items of the report; an error is
// about what cannot be read at all.
func Convert(o Options) (*convert.Draft, error) {
	d, err := draft(o)
	if err != nil {
		return nil, err
	}
	return d, d.Finish()
}

// draft makes a project that says everything, what kgen comes to by itself too.
func draft(o Options) (*convert.Draft, error) {
	defer quietly()()
	d := convert.NewDraft()
	l := newLoader(&o, &d.Report)
	long, err := l.load()
	if err != nil {
		return nil, err
	}
	c := &converter{draft: d, account: newAccount(l.decodeModel(long))}
	c.convert()
	c.settle()
	c.maskReport()
	return d, nil
}
