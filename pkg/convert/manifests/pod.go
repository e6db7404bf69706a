package manifests

import (
	"reflect"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// pod writes what a PodSpec has into the service. The containers come before the volumes,
// for these are written as far as those mount them.
func (f *workload) pod(spec *corev1.PodSpec) {
	f.containers(spec)
	f.volumes(spec)
	f.account(spec)
	f.spread(spec.TopologySpreadConstraints)
	f.pullSecrets(spec.ImagePullSecrets)

	s := f.s
	s.PodSecurityContext = unlessEmpty(spec.SecurityContext)
	s.TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds
	for _, key := range f.keys(f.spec("nodeSelector")) {
		s.NodeSelector = append(s.NodeSelector, schema.Entry[string]{Key: key, Value: spec.NodeSelector[key]})
	}
	s.Tolerations, s.HostAliases = unlessNone(spec.Tolerations), unlessNone(spec.HostAliases)
	s.Affinity, s.DNSConfig = unlessEmpty(spec.Affinity), unlessEmpty(spec.DNSConfig)
	s.PriorityClassName, s.SchedulerName, s.DNSPolicy = spec.PriorityClassName, spec.SchedulerName, string(spec.DNSPolicy)
	if spec.RuntimeClassName != nil {
		s.RuntimeClassName = *spec.RuntimeClassName
	}
	s.HostNetwork, s.HostPID, s.HostIPC = whenTrue(spec.HostNetwork), whenTrue(spec.HostPID), whenTrue(spec.HostIPC)
	s.ShareProcessNamespace = spec.ShareProcessNamespace
	hasLinks := spec.EnableServiceLinks == nil || *spec.EnableServiceLinks // the API server's default for a pod
	s.EnableServiceLinks = &hasLinks
}

// unlessEmpty is nil for a struct that says nothing: a patch keeps it, for pods that run
// are replaced when it goes.
func unlessEmpty[T any](p *T) *T {
	if p == nil || reflect.ValueOf(*p).IsZero() {
		return nil
	}
	return p
}

// whenTrue is nil for false, which the API server has by default.
func whenTrue(b bool) *bool {
	if !b {
		return nil
	}
	return &b
}

func unlessNone[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// pullSecrets are the Secrets to pull images with. One without a name is left to patches.
func (f *workload) pullSecrets(refs []corev1.LocalObjectReference) {
	for _, ref := range refs {
		if ref.Name != "" {
			f.s.ImagePullSecrets = append(f.s.ImagePullSecrets, ref)
			f.needs("Secret", ref.Name, nil)
		}
	}
}

// needs marks a ConfigMap or Secret as existing that the pods need and the input does
// not have. What an object of another kind makes is in the input.
func (f *workload) needs(kind, name string, optional *bool) {
	if name == "" || optional != nil && *optional || f.c.has(kind, name) || kind == "Secret" && f.c.isMade(name) {
		return
	}
	switch {
	case kind == "Secret" && !f.s.Secrets.Has(name):
		f.s.Secrets = append(f.s.Secrets, schema.Entry[schema.Secret]{Key: name, Value: schema.Secret{Existing: true}})
	case kind == "ConfigMap" && !f.s.ConfigMaps.Has(name):
		f.s.ConfigMaps = append(f.s.ConfigMaps, schema.Entry[schema.ConfigMap]{Key: name, Value: schema.ConfigMap{Existing: true}})
	}
}

// account is the one that the pods run as. Where they do not say whether they get its
// token, it is what the account says, else true. Where kgen says that on the pods and
// they do not, or the other way round, a patch keeps them as they are: another template
// replaces the pods.
func (f *workload) account(spec *corev1.PodSpec) {
	create, name := false, spec.ServiceAccountName
	if name == "" {
		name = spec.DeprecatedServiceAccount
	}
	f.s.ServiceAccount = &schema.ServiceAccount{Create: &create, AutomountServiceAccountToken: spec.AutomountServiceAccountToken}
	if name != "default" {
		f.s.ServiceAccount.Name = name
	}
	if f.s.ServiceAccount.Name == "" && spec.AutomountServiceAccountToken == nil {
		f.s.ServiceAccount = &schema.ServiceAccount{Declined: true}
	}
	if spec.AutomountServiceAccountToken == nil && !f.s.ServiceAccount.Declined {
		gets := f.givesToken(name)
		f.s.ServiceAccount.AutomountServiceAccountToken = &gets
	}
}

// givesToken reports whether the pods of an account get its token where they do not say.
func (f *workload) givesToken(account string) bool {
	if account == "" {
		account = "default"
	}
	o := f.c.find("ServiceAccount", account)
	if o == nil {
		return true
	}
	said := o.Node.Get("automountServiceAccountToken")
	return said == nil || said.Text != "false"
}

// spread says constraints in kgen's words, where these mean the same, else in full.
func (f *workload) spread(constraints []corev1.TopologySpreadConstraint) {
	if len(constraints) == 0 || f.s.Kind == schema.DaemonSet { // which kgen gives none
		return
	}
	for i := range constraints {
		if constraints[i].LabelSelector == nil { // kgen fills in the service's, and this one counts no pod at all
			return
		}
	}
	for _, word := range []string{"soft", "hard"} {
		if reflect.DeepEqual(f.spreadAs(word), constraints) {
			f.s.Spread = word
			return
		}
	}
	f.s.Spread, f.s.TopologySpreadConstraints = "", constraints
}

// spreadAs are the constraints that a word of kgen's makes.
func (f *workload) spreadAs(word string) []corev1.TopologySpreadConstraint {
	s := &schema.Service{Name: f.s.Name, Kind: f.s.Kind, Selector: f.s.Selector, Pod: schema.Pod{Spread: word}}
	return templates.PodTemplate(s).Spec.TopologySpreadConstraints
}
