package lint

// CELForm is a rule in CEL, beside the one in Go, for a ValidatingAdmissionPolicy: it
// looks at one object as the API server has it, with all defaults. It judges as the
// rule does with the default values of its parameters.
type CELForm struct {
	// Kinds are those of the rule that Kubernetes has itself, as Kind.group.
	Kinds []string
	// Each names the list among the CELVariables whose every element, called c,
	// Expression is about: the containers. Where it is empty it is about the object.
	Each string
	// Expression is true of what is right.
	Expression string
	// IsBarrier is set where what controllers make is refused as well, and debug
	// containers are: it keeps people from what a pod must not do, and they could give
	// theirs an owner. Of other rules it is enough that the owner was judged, whose
	// pods have containers besides that a webhook of the cluster added.
	IsBarrier bool
}

// CELForm is the form of the rule in CEL; nil where it has none.
func (rule *Rule) CELForm() *CELForm {
	for _, forms := range []map[string]CELForm{celFormsOfObjects, celFormsOfPods, celFormsOfContainers} {
		if form, hasOne := forms[rule.ID]; hasOne {
			return &form
		}
	}
	return nil
}

// CELVariable is an expression that forms refer to as variables.NAME.
type CELVariable struct{ Name, Expression string }

// CELVariables are those that forms refer to; one may refer to those before it.
func CELVariables() []CELVariable {
	return []CELVariable{
		{"podSpec", "has(object.template) ? object.template.spec : has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec.template.spec : " +
			"has(object.spec.template) ? object.spec.template.spec : object.spec"},
		{"podMeta", "has(object.template) ? object.template.metadata : has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec.template.metadata : " +
			"has(object.spec.template) ? object.spec.template.metadata : object.metadata"},
		{"jobSpec", "has(object.spec.jobTemplate) ? object.spec.jobTemplate.spec : object.spec"},
		{"containers", "variables.podSpec.containers + variables.podSpec.?initContainers.orValue([]) + variables.podSpec.?ephemeralContainers.orValue([])"},
		{"longContainers", "variables.podSpec.containers + variables.podSpec.?initContainers.orValue([]).filter(c, c.?restartPolicy.orValue('') == 'Always')"},
		{"volumes", "variables.podSpec.?volumes.orValue([])"},
		{"podContext", "variables.podSpec.?securityContext.orValue({})"},
		{"isWindows", "variables.podSpec.?os.?name.orValue('') == 'windows'"},
		{"annotations", "object.metadata.?annotations.orValue({})"},
		{"isHook", "variables.annotations[?'helm.sh/hook'].orValue('') != '' || variables.annotations[?'argocd.argoproj.io/hook'].orValue('') != ''"},
	}
}

// The kinds of Kubernetes that make pods, or are one, and those of them whose pods do
// not end by themselves.
var (
	podKinds = []string{
		"CronJob.batch", "DaemonSet.apps", "Deployment.apps", "Job.batch", "Pod", "PodTemplate", "ReplicaSet.apps", "ReplicationController", "StatefulSet.apps",
	}
	lastingKinds = []string{"DaemonSet.apps", "Deployment.apps", "Pod", "PodTemplate", "ReplicaSet.apps", "ReplicationController", "StatefulSet.apps"}
)
