package conformance

import (
	"cmp"
	"errors"

	corev1 "k8s.io/api/core/v1"
	nodev1 "k8s.io/api/node/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/initializer"
	"k8s.io/apiserver/pkg/util/compatibility"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	scheduling "k8s.io/kubernetes/pkg/apis/scheduling/v1"
	"k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds"
	"k8s.io/kubernetes/plugin/pkg/admission/priority"
	"k8s.io/kubernetes/plugin/pkg/admission/runtimeclass"
	"k8s.io/kubernetes/plugin/pkg/admission/security/podsecurity"
	"k8s.io/kubernetes/plugin/pkg/admission/serviceaccount"
)

// cluster is what the admission plugins know of the cluster: whatever the
// document at hand refers to is there.
type cluster struct {
	accounts, classes, runtimes, spaces cache.Indexer
}

// plugins are the server's default ones that can refuse a new object of the
// kinds that kgen judges, in the server's order. Left out are those about what
// only a cluster knows: quotas, limit ranges, webhooks, policies.
func plugins() (admission.Interface, *cluster, error) {
	all := admission.NewPlugins()
	for _, register := range []func(*admission.Plugins){
		serviceaccount.Register, podsecurity.Register, priority.Register, defaulttolerationseconds.Register, runtimeclass.Register,
	} {
		register(all)
	}
	factory := informers.NewSharedInformerFactory(nil, 0)
	initialize := initializer.New(fake.NewClientset(), nil, factory, nil,
		utilfeature.DefaultFeatureGate, compatibility.DefaultBuildEffectiveVersion(), nil, nil)
	chain := []admission.Interface{}
	for _, name := range []string{
		serviceaccount.PluginName, podsecurity.PluginName, priority.PluginName, defaulttolerationseconds.PluginName, runtimeclass.PluginName,
	} {
		plugin, err := all.InitPlugin(name, nil, initialize)
		if err != nil {
			return nil, nil, err
		}
		// The informers are never started: the cluster is filled by hand.
		if waits, ok := plugin.(interface{ SetReadyFunc(admission.ReadyFunc) }); ok {
			waits.SetReadyFunc(func() bool { return true })
		}
		chain = append(chain, plugin)
	}
	known := &cluster{
		accounts: factory.Core().V1().ServiceAccounts().Informer().GetIndexer(),
		classes:  factory.Scheduling().V1().PriorityClasses().Informer().GetIndexer(),
		runtimes: factory.Node().V1().RuntimeClasses().Informer().GetIndexer(),
		spaces:   factory.Core().V1().Namespaces().Informer().GetIndexer(),
	}
	return admission.NewChainHandler(chain...), known, nil
}

// hold makes the cluster have the namespace, and what a pod refers to, in the
// pod's favour: a priority class and a runtime class say what the pod says,
// unless the class is one that every cluster has.
func (c *cluster) hold(namespace string, pod *corev1.Pod) error {
	account := cmp.Or(pod.Spec.ServiceAccountName, pod.Spec.DeprecatedServiceAccount, "default")
	var classes, runtimes []any
	if name := pod.Spec.PriorityClassName; name != "" {
		classes = append(classes, priorityClass(name, &pod.Spec))
	}
	if name := pod.Spec.RuntimeClassName; name != nil {
		class := &nodev1.RuntimeClass{ObjectMeta: metav1.ObjectMeta{Name: *name}}
		if pod.Spec.Overhead != nil {
			class.Overhead = &nodev1.Overhead{PodFixed: pod.Spec.Overhead}
		}
		runtimes = append(runtimes, class)
	}
	return errors.Join(
		c.spaces.Replace([]any{&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}}, ""),
		c.accounts.Replace([]any{&corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: account}}}, ""),
		c.classes.Replace(classes, ""),
		c.runtimes.Replace(runtimes, ""),
	)
}

func priorityClass(name string, spec *corev1.PodSpec) *schedulingv1.PriorityClass {
	class := &schedulingv1.PriorityClass{ObjectMeta: metav1.ObjectMeta{Name: name}, PreemptionPolicy: spec.PreemptionPolicy}
	if spec.Priority != nil {
		class.Value = *spec.Priority
	}
	for _, system := range scheduling.SystemPriorityClasses() {
		if system.Name == name {
			policy := corev1.PreemptLowerPriority
			class.Value, class.PreemptionPolicy = system.Value, &policy
		}
	}
	return class
}
