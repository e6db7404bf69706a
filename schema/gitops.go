package schema

// ArgoCD is how Argo CD takes the rendered tree to a cluster, for the layout argocd.
type ArgoCD struct {
	RepoURL     string   `json:"repoURL,omitempty"`
	Revision    string   `json:"revision,omitempty"`
	Path        string   `json:"path,omitempty"` // of the output directory in the repository
	Name        string   `json:"name,omitempty"`
	Project     string   `json:"project,omitempty"`
	Namespace   string   `json:"namespace,omitempty"`
	Cluster     string   `json:"cluster,omitempty"` // or Server
	Server      string   `json:"server,omitempty"`
	Automated   *bool    `json:"automated,omitempty"`
	Prune       *bool    `json:"prune,omitempty"`
	SelfHeal    *bool    `json:"selfHeal,omitempty"`
	Cascade     bool     `json:"cascade,omitempty"`
	SyncOptions []string `json:"syncOptions,omitempty"`
}

// Flux is how Flux takes the rendered tree to a cluster, for the layout flux.
type Flux struct {
	Source         FluxSource       `json:"source,omitempty"`
	Path           string           `json:"path,omitempty"` // of the output directory in the source
	Name           string           `json:"name,omitempty"`
	Namespace      string           `json:"namespace,omitempty"`
	Interval       string           `json:"interval,omitempty"`
	RetryInterval  string           `json:"retryInterval,omitempty"`
	Timeout        string           `json:"timeout,omitempty"`
	Prune          *bool            `json:"prune,omitempty"`
	Wait           *bool            `json:"wait,omitempty"`
	DependsOn      []FluxDependency `json:"dependsOn,omitempty"`
	KubeConfig     string           `json:"kubeConfig,omitempty"` // name of a Secret
	ServiceAccount string           `json:"serviceAccount,omitempty"`
}

// FluxSource is what Flux fetches from.
type FluxSource struct {
	Kind      string `json:"kind,omitempty"`
	Name      string `json:"name,omitempty"`
	Namespace string `json:"namespace,omitempty"`
}

// FluxDependency is a Kustomization that has to be ready first.
type FluxDependency struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
}

// fillIn fills in what the block leaves open. The comments on the fields say why.
func (a *ArgoCD) fillIn() {
	orDefault(&a.Revision, "HEAD")
	orDefault(&a.Project, "default")
	orDefault(&a.Namespace, "argocd")
	if a.Cluster == "" {
		orDefault(&a.Server, "https://kubernetes.default.svc")
	}
	orTrue(&a.Automated)
	orTrue(&a.Prune)
	orTrue(&a.SelfHeal)
}

func (f *Flux) fillIn() {
	orDefault(&f.Source.Kind, "GitRepository")
	orDefault(&f.Namespace, "flux-system")
	orDefault(&f.Interval, "10m")
	orTrue(&f.Prune)
	orTrue(&f.Wait)
}

func orDefault(value *string, byDefault string) {
	if *value == "" {
		*value = byDefault
	}
}

func orTrue(value **bool) {
	if *value == nil {
		yes := true
		*value = &yes
	}
}

// FillGitOps fills in what the blocks argocd and flux of the environment leave open.
func (w *World) FillGitOps() {
	w.ArgoCD.fillIn()
	w.Flux.fillIn()
}
