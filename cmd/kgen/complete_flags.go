package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/scaffold"
	"github.com/kgen-dev/kgen/schema"
)

// completeFlags makes the flags of all commands complete, by their names and values:
// one place, so that no command forgets it.
func completeFlags(root *cobra.Command) {
	for _, c := range root.Commands() {
		if c.Name() == "set" {
			c.ValidArgsFunction = completeSet
		}
		for name, complete := range flagCompleters(c) {
			if c.Flags().Lookup(name) != nil {
				// It fails where the command itself completes the flag, which is right then.
				_ = c.RegisterFlagCompletionFunc(name, complete)
			}
		}
		completeFlags(c)
	}
}

// flagCompleters are those of the flags of a command.
func flagCompleters(c *cobra.Command) map[string]completer {
	versions := func(*cobra.Command) []string { return schema.KubernetesVersions() }
	fixed := func(list ...string) completer { return completeWords(func(*cobra.Command) []string { return list }) }
	all := map[string]completer{
		"env":                completeWords(environmentNames),
		"layout":             fixed(render.Layouts...),
		"kubernetes-version": completeList(versions),
		"profile":            fixed("default", "strict"),
		"group":              completeWords(func(*cobra.Command) []string { return lint.Groups(lint.Rules()) }),
		"fail-on":            fixed("error", "warning", "info"),
		"export":             fixed("vap"),
		"from":               completeWords(imageNames),
		"skip":               completeList(ruleNames),
		"only":               completeList(ruleNames),
		"ci":                 fixed(scaffold.CIs...),
	}
	if c.Name() == "render" || c.Name() == "diff" {
		all["only"], all["kubernetes-version"] = completeList(renderedKinds), completeWords(versions)
	}
	switch c.Name() {
	case "lint", "validate":
		all["format"] = fixed(report.Formats()...)
	case "diff":
		all["format"] = fixed(diffFormats...)
	case "export":
		all["format"] = fixed(exportFormats...)
	default:
		all["format"] = fixed("text", "json")
	}
	return all
}

// renderedKinds are those that services render to, extra objects aside.
func renderedKinds(*cobra.Command) []string {
	return []string{
		"ClusterRole", "ClusterRoleBinding", "ConfigMap", "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "Namespace",
		"NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
	}
}

// imageNames are the images that kgen init knows.
func imageNames(*cobra.Command) []string {
	var list []string
	for _, image := range images.All() {
		list = append(list, strings.TrimPrefix(image.Name, "docker.io/library/")+":"+image.Tag)
	}
	return list
}
