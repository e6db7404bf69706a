package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Completion is silent: a project that is broken, or takes long to evaluate, completes
// to what is known without it.

// completer completes an argument or the value of a flag.
type completer = func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective)

// longestCompletion is how long a shell may stand still.
const longestCompletion = time.Second

// namesOf are the names of the project that a command is about; none where it takes too
// long to say.
func namesOf(c *cobra.Command) *load.Names {
	options := load.Options{Workers: 1}
	if dir := c.Flags().Lookup("project"); dir != nil {
		options.Paths = []string{dir.Value.String()}
	}
	found := make(chan *load.Names, 1)
	go func() { found <- load.FindNames(options) }()
	select {
	case names := <-found:
		return names
	case <-time.After(longestCompletion):
		return &load.Names{}
	}
}

// words completes to those that begin as what is typed; files are none of them.
func words(list []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var matching []cobra.Completion
	for _, word := range list {
		if strings.HasPrefix(word, typed) && !strings.ContainsFunc(word, unicode.IsControl) { // a line is a word
			matching = append(matching, word)
		}
	}
	return matching, cobra.ShellCompDirectiveNoFileComp
}

// lister gives what a word may become in a command.
type lister = func(c *cobra.Command) []string

// completeWords completes to what list gives.
func completeWords(list lister) completer {
	return func(c *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return words(list(c), typed)
	}
}

// completeList completes the last word of a list with commas.
func completeList(list lister) completer {
	return func(c *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before, last := "", typed
		if i := strings.LastIndexByte(typed, ','); i >= 0 {
			before, last = typed[:i+1], typed[i+1:]
		}
		var matching []cobra.Completion
		for _, word := range list(c) {
			if strings.HasPrefix(word, last) && !slices.Contains(strings.Split(before, ","), word) {
				matching = append(matching, before+word)
			}
		}
		return matching, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

func environmentNames(c *cobra.Command) []string { return namesOf(c).Environments }
func serviceNames(c *cobra.Command) []string     { return namesOf(c).Services }

// ruleNames are the rules of kgen and those of the project.
func ruleNames(c *cobra.Command) []string { return append(lint.IDs(), namesOf(c).Rules...) }

// fieldNames complete the path of a field by one level. Where it has fields of its own, a
// dot may follow.
func fieldNames(paths func(prefix string) []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	below := func(prefix string) []string {
		return slices.DeleteFunc(paths(prefix), func(path string) bool { return strings.HasSuffix(path, "*") })
	}
	matching := below(typed)
	if slices.Contains(matching, typed) {
		matching = append(matching, below(typed+".")...)
	}
	directive := cobra.ShellCompDirectiveNoFileComp
	if slices.ContainsFunc(matching, func(path string) bool { return len(paths(path+".")) > 0 }) {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return matching, directive
}

// completeService completes the first argument to a service, and no other.
func completeService(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return words(serviceNames(c), typed)
}

// completeExplain completes to rules, fields and services, and behind a service to
// fields.
func completeExplain(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		project := namesOf(c)
		paths := func(prefix string) []string { return fieldPaths(project.Extension, prefix) }
		fields, directive := fieldNames(paths, typed)
		known, _ := words(slices.Concat(topicNames(project.Extension), project.Rules, project.Services), typed)
		for _, name := range known {
			if !slices.Contains(fields, name) {
				fields, directive = append(fields, name), directive&^cobra.ShellCompDirectiveNoSpace
			}
		}
		return fields, directive
	case 1:
		return fieldNames(namesOf(c).Extension.Root(schema.ServiceDocument).Paths, typed)
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// completeSet completes to fields before a =, then to a service; behind image, to
// services before a =. What stands behind a = bash takes for a word of its own.
func completeSet(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoFileComp
	if strings.Contains(typed, "=") {
		return nil, directive
	}
	if len(args) > 0 && args[0] == "image" {
		services, _ := words(serviceNames(c), typed)
		for i := range services {
			services[i] += "="
		}
		return services, directive | cobra.ShellCompDirectiveNoSpace
	}
	if len(args) > 0 && !strings.Contains(args[len(args)-1], "=") && !strings.HasSuffix(args[len(args)-1], "-") {
		return nil, directive // the service, which is the last
	}
	project := namesOf(c)
	root := project.Extension.Root(schema.ServiceDocument)
	fields, _ := fieldNames(root.Paths, typed)
	if len(args) == 0 {
		first, _ := words([]string{"image"}, typed)
		return append(first, settings(root, fields)...), directive | cobra.ShellCompDirectiveNoSpace
	}
	services, _ := words(project.Services, typed)
	return append(services, settings(root, fields)...), directive | cobra.ShellCompDirectiveNoSpace
}

// settings are names with what may stand behind them: a = or, where a field has fields
// of its own, a dot. A list is set whole.
func settings(root schema.Field, names []cobra.Completion) []cobra.Completion {
	list := make([]cobra.Completion, len(names))
	for i, name := range names {
		list[i] = name + "="
		if f, err := root.Lookup(name); err == nil && !f.TakesLong(tree.List) && len(root.Paths(name+".")) > 0 {
			list[i] = name + "."
		}
	}
	return list
}

// judgeShell makes kgen completion refuse a shell that it does not know, which it would
// answer with its help, for a shell to run.
func judgeShell(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		var shells []string
		for _, shell := range c.Commands() {
			shells = append(shells, shell.Name())
		}
		c.Args = func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return fmt.Errorf("unknown shell %q%s; the shells are %s", args[0], suggest.Hint(args[0], shells), strings.Join(shells, ", "))
		}
		c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
}
