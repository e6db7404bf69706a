package render

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// application is an Application of Argo CD, as far as kgen writes it.
type application struct {
	APIVersion string          `json:"apiVersion"`
	Kind       string          `json:"kind"`
	Metadata   objectMeta      `json:"metadata"`
	Spec       applicationSpec `json:"spec"`
}

type applicationSpec struct {
	Project     string                 `json:"project"`
	Source      applicationSource      `json:"source"`
	Destination applicationDestination `json:"destination"`
	SyncPolicy  syncPolicy             `json:"syncPolicy,omitempty"`
}

type applicationSource struct {
	RepoURL        string `json:"repoURL"`
	TargetRevision string `json:"targetRevision"`
	Path           string `json:"path"`
}

type applicationDestination struct {
	Name      string `json:"name,omitempty"`
	Server    string `json:"server,omitempty"`
	Namespace string `json:"namespace"`
}

type syncPolicy struct {
	Automated   *automatedSync `json:"automated,omitempty"`
	SyncOptions []string       `json:"syncOptions,omitempty"`
}

type automatedSync struct {
	Prune    bool `json:"prune"`
	SelfHeal bool `json:"selfHeal"`
}

// argoCD is the delivery of an environment by Argo CD.
func (d *deliverer) argoCD(w *schema.World) *delivery {
	a := w.ArgoCD
	d.require(a.RepoURL, tree.P("argocd", "repoURL"), `name the repository of the rendered tree, as in argocd: repoURL: "https://github.com/acme/shop.git"`)
	namespace := d.namespaceOf(w)
	if d.claimTarget(w, cmp.Or(a.Cluster, a.Server), namespace); len(d.sink.Findings) > 0 {
		return nil
	}
	out := &application{
		APIVersion: "argoproj.io/v1alpha1",
		Kind:       "Application",
		Metadata:   d.metadata(w, d.nameOf(w, "argocd", a.Name, namespace), a.Namespace),
		Spec: applicationSpec{
			Project:     a.Project,
			Source:      applicationSource{RepoURL: a.RepoURL, TargetRevision: a.Revision},
			Destination: applicationDestination{Name: a.Cluster, Server: a.Server, Namespace: namespace},
			SyncPolicy:  syncPolicy{SyncOptions: a.SyncOptions},
		},
	}
	if *a.Automated {
		out.Spec.SyncPolicy.Automated = &automatedSync{Prune: *a.Prune, SelfHeal: *a.SelfHeal}
	}
	if a.Cascade {
		out.Metadata.Finalizers = []string{"resources-finalizer.argocd.argoproj.io/foreground"}
	}
	return &delivery{path: a.Path, object: func(dir string) any {
		placed := *out
		placed.Spec.Source.Path = dir
		return &placed
	}}
}

// claimTarget refuses two environments in one namespace of one cluster: their
// Applications would each undo what the other did.
func (d *deliverer) claimTarget(w *schema.World, cluster, namespace string) {
	target := cluster + " " + namespace
	if other, isTaken := d.targets[target]; isTaken && namespace != "" {
		at := tree.P("environments", w.Environment, "argocd")
		d.sink.ErrorAt(d.sink.Begin(at), schema.DuplicateObject, at,
			"the environment %s goes to the namespace %s of the cluster %s too, and each would undo the other", other, namespace, cluster).
			Fix = "say argocd: cluster in the environments, or give each a namespace of its own"
	}
	d.targets[target] = w.Environment
}
