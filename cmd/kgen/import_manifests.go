package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/convert/manifests"
	"github.com/kgen-dev/kgen/pkg/names"
)

func newImportManifests(p *process) *cobra.Command {
	o, from := &importOptions{}, manifests.Options{}
	c := &cobra.Command{
		Use:   "manifests PATH...",
		Short: "Make services of manifests",
		Long: `Make a project of Kubernetes manifests: of files, directories, or standard input (-);
rendered by Helm or kustomize, or as kubectl get -o yaml prints them. Objects that
belong together become one service; what a service has no field for becomes a patch
or an object of it. Objects of several namespaces become a project each.

kgen then renders the project and compares it with the input, object by object: the
report says of each that it is identical, or what differs and why. Values of Secrets
are never written.

The exit status is 1 when something in the input is wrong, or is left to you.`,
		Example: `  kgen import manifests deploy/ -o shop
  helm template shop | kgen import manifests - -o shop
  kubectl get deploy,svc,ing,hpa,cm -o yaml | kgen import manifests - -o shop`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.judgeImport(args); err != nil {
				return err
			}
			if from.Namespace != "" && !names.DNSLabel.Fits(from.Namespace) {
				return fmt.Errorf("--namespace: %s", names.DNSLabel.Complaint(from.Namespace))
			}
			r := &importRun{operation: operation{process: p}, importOptions: o, sources: args}
			if slices.Contains(args, "-") {
				var err error
				if r.stdin, err = io.ReadAll(p.stdin); err != nil {
					return fmt.Errorf("read standard input: %w", err)
				}
			}
			from.Paths, from.Stdin = args, bytes.NewReader(r.stdin)
			r.read = func(context.Context) (projects []importedProject, err error) {
				made, err := manifests.Convert(from)
				for _, m := range made {
					m.Draft.Report.Proofs = proofsOf(m)
					projects = append(projects, importedProject{m.Dir, m.Draft})
				}
				if err == nil && isEmptyImport(projects) && !slices.ContainsFunc(projects, hasItems) {
					err = fmt.Errorf("no manifests in %s", strings.Join(args, ", "))
				}
				return projects, err
			}
			return r.run()
		},
	}
	c.Flags().StringVarP(&from.Namespace, "namespace", "n", "", "`namespace` of the objects that name none; by default it is left to who applies them")
	c.Flags().StringVar(&from.KubernetesVersion, "kubernetes-version", "", "`release` of Kubernetes that the project is for; by default the newest")
	o.bindImport(c.Flags())
	return c
}

// hasItems reports whether there is anything to say about a project.
func hasItems(p importedProject) bool { return len(p.draft.Report.Items) > 0 }

// proofsOf are the objects of a project as reports have them.
func proofsOf(p *manifests.Project) (proofs []convert.Proof) {
	for _, c := range p.Compared {
		proofs = append(proofs, convert.Proof{Pos: c.Object.Node.Pos, Object: c.Object.Ref(), Service: c.Service, Differences: c.Differences})
	}
	return proofs
}
