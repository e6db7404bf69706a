package schema

import "strconv"

// Project is kgen.cue. The loader leaves Defaults and Services empty: they are
// layers under and over the services, and stay trees.
type Project struct {
	KubernetesVersion string           `json:"kubernetesVersion,omitempty"` // 1.29 to 1.36
	FeatureGates      Map[bool]        `json:"featureGates,omitempty"`
	Provider          string           `json:"provider,omitempty"` // generic, eks, gke or aks
	ServiceFiles      []string         `json:"serviceFiles,omitempty"`
	Output            Output           `json:"output,omitempty"`
	ArgoCD            ArgoCD           `json:"argocd,omitempty"`
	Flux              Flux             `json:"flux,omitempty"`
	Namespace         *Namespace       `json:"namespace,omitempty"`
	PartOf            string           `json:"partOf,omitempty"`
	Labels            Map[Text]        `json:"labels,omitempty"`
	Annotations       Map[Text]        `json:"annotations,omitempty"`
	Defaults          *Service         `json:"defaults,omitempty"`
	Environments      Map[Environment] `json:"environments,omitempty"`
	Projects          Map[string]      `json:"projects,omitempty"` // name -> directory
	Objects           Map[Manifest]    `json:"objects,omitempty"`
	Packages          []string         `json:"packages,omitempty"` // directories
	Render            *Render          `json:"render,omitempty"`
	Policy            Map[Manifest]    `json:"policy,omitempty"`
	Lint              *ProjectLint     `json:"lint,omitempty"`
}

// Environment is one place the project is deployed to.
type Environment struct {
	Namespace         *Namespace   `json:"namespace,omitempty"`
	KubernetesVersion string       `json:"kubernetesVersion,omitempty"`
	FeatureGates      Map[bool]    `json:"featureGates,omitempty"`
	Provider          string       `json:"provider,omitempty"`
	Defaults          *Service     `json:"defaults,omitempty"`
	Services          Map[Service] `json:"services,omitempty"`
	Remove            []string     `json:"remove,omitempty"`
	ArgoCD            ArgoCD       `json:"argocd,omitempty"`
	Flux              Flux         `json:"flux,omitempty"`
}

// Output is where render -o writes, and how.
type Output struct {
	Dir    string `json:"dir,omitempty"`    // relative to kgen.cue
	Layout string `json:"layout,omitempty"` // object, service, kustomize, argocd or flux
}

// Namespace is where the services go.
type Namespace struct {
	Name          string    `json:"name"`
	Create        bool      `json:"create,omitempty"`
	PodSecurity   string    `json:"podSecurity,omitempty"` // restricted, baseline or privileged
	Labels        Map[Text] `json:"labels,omitempty"`
	NetworkPolicy string    `json:"networkPolicy,omitempty"` // isolated or deny
}

// ProjectLint configures the linter.
type ProjectLint struct {
	Profile  string           `json:"profile,omitempty"`
	Groups   []string         `json:"groups,omitempty"`
	Enable   []string         `json:"enable,omitempty"`
	Disable  []string         `json:"disable,omitempty"`
	Severity Map[string]      `json:"severity,omitempty"`
	Options  Map[Manifest]    `json:"options,omitempty"` // rule id -> parameters
	Rules    Map[LintRule]    `json:"rules,omitempty"`
	External []ExternalObject `json:"external,omitempty"`
	Ignore   []LintIgnore     `json:"ignore,omitempty"`
	Locked   []string         `json:"locked,omitempty"`
}

// LintRule is a rule of the org's own, in CEL.
type LintRule struct {
	Message    string     `json:"message"`
	Severity   string     `json:"severity,omitempty"`
	Kinds      []string   `json:"kinds,omitempty"`
	Expression string     `json:"expression"`
	Bad        []Manifest `json:"bad,omitempty"`
	Good       []Manifest `json:"good,omitempty"`
}

// ExternalObject is something that lives outside the project; Name and
// Namespace may be globs.
type ExternalObject struct {
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
}

// LintIgnore silences a rule for what it matches.
type LintIgnore struct {
	Rule      string `json:"rule"`
	Path      string `json:"path,omitempty"`
	Kind      string `json:"kind,omitempty"`
	Name      string `json:"name,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Container string `json:"container,omitempty"`
	Reason    string `json:"reason"`
	Until     string `json:"until,omitempty"` // a date, 2027-01-31
}

// World is what one service sees of its project in one environment.
type World struct {
	Environment string // "" in a project without environments
	Namespace   *Namespace
	PartOf      string
	// ArgoCD and Flux are those of the environment over those of the project, with the
	// defaults filled in.
	ArgoCD ArgoCD
	Flux   Flux
	// Labels and Annotations are the project's own, for what belongs to no
	// service; under every service they stand already.
	Labels, Annotations Map[Text]

	// Provider is whose cluster it is: generic, eks, gke or aks; empty is generic.
	Provider     string
	Kubernetes   Version
	FeatureGates Map[bool]
	// Services are all services of the environment by name, in order of name.
	Services Map[*Service]
	// Foreign are the services of the projects that kgen.cue names, NAME/SERVICE, and
	// Projects those projects: whether they could be read.
	Foreign  map[string]*Service
	Projects map[string]bool
	// ConfigMaps and Secrets are all that the environment's services define or
	// declare existing, by object name.
	ConfigMaps map[string]*ConfigMap
	Secrets    map[string]*Secret
	// Objects are the project's own extra manifests, which may make what services
	// refer to.
	Objects Map[Manifest]
	// IsIncomplete is set when a service could not be loaded, so that a name that
	// nothing defines may be one of its.
	IsIncomplete bool
}

// Version is a Kubernetes release, 1.Minor.
type Version struct{ Minor int }

// NewestKubernetes is the default target; OldestKubernetes the oldest allowed.
const (
	OldestKubernetes = 29
	NewestKubernetes = 36
)

// KubernetesVersions are the releases that may be rendered for, the newest last.
func KubernetesVersions() []string {
	var versions []string
	for minor := OldestKubernetes; minor <= NewestKubernetes; minor++ {
		versions = append(versions, "1."+strconv.Itoa(minor))
	}
	return versions
}

// AtLeast reports whether the release is 1.minor or later.
func (v Version) AtLeast(minor int) bool { return v.Minor >= minor }
