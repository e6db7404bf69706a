package render

import "github.com/kgen-dev/kgen/schema"

// Project is a rendered project.
type Project struct {
	Dir  string // as messages name it
	Root string // the directory on this machine
	// SourceDirs are the directories that its service files lie in.
	SourceDirs []string
	// Output is what kgen.cue says of the output tree.
	Output schema.Output
	// EnvironmentNames are all of the project, rendered or not.
	EnvironmentNames []string
	// Whole is set when every service was asked for.
	Whole        bool
	Environments []Environment
}

// Environment is what one environment renders to.
type Environment struct {
	Name string // empty in a project without environments
	// Services are the names of those that were asked for.
	Services map[string]bool
	Objects  []Object
	// Kept are the objects of all services, where Options say so.
	Kept []Kept
	// LeftOut are the Secrets whose values were not asked for.
	LeftOut []LeftOut

	delivery *delivery // nil where the layout has none
}

// Object is a rendered manifest.
type Object struct {
	Service         string // whose it is; empty for the project's
	Group, Kind     string
	Namespace, Name string
	YAML            []byte
}

// LeftOut is a Secret that has to exist in the cluster before the services start.
type LeftOut struct {
	Service, Namespace, Name string
	Keys                     []string
}
