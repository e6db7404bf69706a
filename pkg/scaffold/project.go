package scaffold

import (
	"fmt"
	"path"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const (
	projectFile = "kgen.cue"
	defaultOut  = "deploy"
	serviceDir  = "services"
)

// findOutput reads where a project that is there already renders to.
func (d *draft) findOutput() error {
	d.outputDir = defaultOut
	name := d.inProject(projectFile)
	data, err := d.read(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", d.display(name), cause(err))
	}
	if d.isProject = d.exists(name); !d.isProject {
		return nil
	}
	d.outputDir = ""
	root := (&read.CUE{}).Read(&tree.Source{Name: d.display(name)}, data, &report.Sink{})
	if root == nil {
		d.advise("%s does not read: kgen render says why", d.display(name))
		return nil
	}
	if dir := root.At(tree.P("output", "dir")); dir != nil && dir.Kind == tree.String {
		d.outputDir = dir.Text
	} else {
		d.advise("%s names no directory to render to; add output: dir: %q", d.display(name), defaultOut)
	}
	if files := root.Get("serviceFiles"); files != nil && !slices.ContainsFunc(files.Fields, takesOurs) {
		d.advise("%s chooses its own serviceFiles; a service is read where they match", d.display(name))
	}
	return nil
}

// takesOurs reports whether a glob matches the files that init writes.
func takesOurs(glob tree.Field) bool {
	isMatch, err := path.Match(glob.Value.Text, serviceDir+"/web.cue")
	return err == nil && isMatch
}

func (d *draft) advise(format string, args ...any) {
	d.result.Advice = append(d.result.Advice, fmt.Sprintf(format, args...))
}

// addProject adds what kgen itself reads. Where there are services it adds another
// only when one was asked for.
func (d *draft) addProject(w *workload) error {
	if d.isProject && d.isAsked() {
		return d.addService(w)
	}
	var s survey
	if !d.isProject {
		s = d.survey()
	}
	if s.service != "" && s.other != "" {
		d.advise("%s looks like no service; serviceFiles in kgen.cue chooses the files that are", d.display(s.other))
	}
	project, err := projectText(d.projectName(), s.service == "" && s.other != "")
	if err != nil {
		return err
	}
	d.add(d.inProject(projectFile), project)
	if d.isAsked() || !d.isProject && s.service == "" {
		return d.addService(w)
	}
	return nil
}

// isAsked reports whether a certain service is wanted.
func (d *draft) isAsked() bool { return d.options.From != "" || d.options.Name != "" }

// formats are the extensions of service files.
var formats = [...]string{".cue", ".yaml", ".yml", ".json"}

func (d *draft) addService(w *workload) error {
	name := d.inProject(serviceDir + "/" + w.name)
	for _, format := range formats {
		if !d.exists(name + format) {
			continue
		}
		d.result.Kept = append(d.result.Kept, d.display(name+format))
		if d.isAsked() {
			d.advise("there is a service %s already; --name calls this one otherwise", w.name)
		}
		return nil
	}
	service, err := serviceFile(w)
	if err != nil {
		return err
	}
	if w.ownPort != 0 {
		d.advise("%s listens on %d unless it is configured otherwise; services/%s.cue says %d", path.Base(w.Image.Name), w.ownPort, w.name, w.Port)
	}
	d.add(name+".cue", service)
	return nil
}

// projectName names the project after its directory.
func (d *draft) projectName() string {
	if name := labelOf(d.title()); name != "" {
		return name
	}
	return "app"
}

// projectText is kgen.cue. In a shared directory of services only CUE files right in
// it are some.
func projectText(name string, isShared bool) (string, error) {
	t := &text{}
	t.line("package kgen\n")
	t.line("import \"kgen.dev/schema\"\n")
	t.linef("// What the services in %s/ have in common. All fields:", serviceDir)
	t.line("// " + docsAt + "project.md")
	t.line("schema.#Project & {")
	t.linef("// The release of Kubernetes to render for, from 1.%d to 1.%d.", schema.OldestKubernetes, schema.NewestKubernetes)
	t.linef("kubernetesVersion: \"1.%d\"", schema.NewestKubernetes)
	t.line("\n// Where the services go. The namespace is rendered too; remove create where somebody")
	t.line("// else makes it. In it only pods start that keep to the level restricted.")
	t.linef("namespace: {\nname: %s\ncreate: true\npodSecurity: \"restricted\"\n}", quote(name))
	t.line("\n// Where kgen render --write puts the manifests, and --check looks for them.")
	t.linef("output: dir: %s", quote(defaultOut))
	if isShared {
		t.linef("\n// Which files are services. In %s/ lie others, that kgen is not to read.", serviceDir)
		t.linef("serviceFiles: [%s]", quote(serviceDir+"/*.cue"))
	}
	t.line("\n// A partial service under every service.")
	t.line("// defaults: image: registry: \"ghcr.io/acme\"")
	t.line("\n// Places that differ. To standard output kgen render then takes --env NAME.")
	t.line("// environments: {")
	t.line("//\tdev: defaults: replicas: 1")
	t.line("//\tprod: {")
	t.linef("//\t\tnamespace: \"%s-prod\"", name)
	t.line("//\t\tservices: web: replicas: 3")
	t.line("//\t}")
	t.line("// }")
	t.line("}")
	return t.formatted()
}
