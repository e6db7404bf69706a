package render

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fluxKustomization is a Kustomization of Flux, as far as kgen writes it.
type fluxKustomization struct {
	APIVersion string                `json:"apiVersion"`
	Kind       string                `json:"kind"`
	Metadata   objectMeta            `json:"metadata"`
	Spec       fluxKustomizationSpec `json:"spec"`
}

type fluxKustomizationSpec struct {
	DependsOn          []schema.FluxDependency `json:"dependsOn,omitempty"`
	Interval           string                  `json:"interval"`
	RetryInterval      string                  `json:"retryInterval,omitempty"`
	Timeout            string                  `json:"timeout,omitempty"`
	KubeConfig         *fluxKubeConfig         `json:"kubeConfig,omitempty"`
	ServiceAccountName string                  `json:"serviceAccountName,omitempty"`
	SourceRef          fluxSourceRef           `json:"sourceRef"`
	Path               string                  `json:"path"`
	Prune              bool                    `json:"prune"`
	Wait               bool                    `json:"wait"`
}

type fluxKubeConfig struct {
	SecretRef fluxSecretRef `json:"secretRef"`
}

type fluxSecretRef struct {
	Name string `json:"name"`
}

type fluxSourceRef struct {
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
}

// flux is the delivery of an environment by Flux. Its objects say their namespace, so
// targetNamespace, which goes over all of them, is not set.
func (d *deliverer) flux(w *schema.World) *delivery {
	f := w.Flux
	d.require(f.Source.Name, tree.P("flux", "source", "name"), `name the source of the rendered tree, as in flux: source: name: "flux-system"`)
	namespace := d.namespaceOf(w)
	if len(d.sink.Findings) > 0 {
		return nil
	}
	out := &fluxKustomization{
		APIVersion: "kustomize.toolkit.fluxcd.io/v1",
		Kind:       "Kustomization",
		Metadata:   d.metadata(w, d.nameOf(w, "flux", f.Name, namespace), f.Namespace),
		Spec: fluxKustomizationSpec{
			DependsOn:          f.DependsOn,
			Interval:           f.Interval,
			RetryInterval:      f.RetryInterval,
			Timeout:            f.Timeout,
			ServiceAccountName: f.ServiceAccount,
			SourceRef:          fluxSourceRef{Kind: f.Source.Kind, Name: f.Source.Name, Namespace: f.Source.Namespace},
			Prune:              *f.Prune,
			Wait:               *f.Wait,
		},
	}
	if f.KubeConfig != "" {
		out.Spec.KubeConfig = &fluxKubeConfig{fluxSecretRef{f.KubeConfig}}
	}
	return &delivery{path: f.Path, object: func(dir string) any {
		placed := *out
		placed.Spec.Path = "./" + strings.TrimPrefix(dir, ".")
		return &placed
	}}
}
