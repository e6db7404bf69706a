package schema

// The ids of what kgen refuses. Each is documented by its entry in Refusals.
const (
	ReplicaBounds      = "schema/replica-bounds"
	ReplicasTwice      = "schema/replicas-and-autoscaling"
	UtilizationRequest = "schema/utilization-without-request"
	NotScalable        = "schema/autoscaling-kind"
	RolloutStuck       = "schema/rollout-stuck"
	SharedClaim        = "schema/shared-claim"
	UnknownPort        = "schema/unknown-port"
	DuplicateRoute     = "schema/duplicate-route"
	EnvReference       = "schema/env-reference"
	LiteralSecret      = "schema/literal-secret"
	RequestOverLimit   = "schema/request-over-limit"
	BlockedDisruption  = "schema/disruption-budget"
	BadProbe           = "schema/probe"
	PreStopGrace       = "schema/prestop-grace"
	BadPort            = "schema/port"
	BadNodePort        = "schema/node-port"
	BadContainer       = "schema/container"
	BadMount           = "schema/mount"
	BadName            = "schema/name"
	MutableImage       = "schema/image-tag"
	PodSecurity        = "schema/pod-security"
	HeadlessService    = "schema/headless-service"
	BadJob             = "schema/job"
	WrongKind          = "schema/workload-kind"
	KubernetesVersion  = "schema/kubernetes-version"
	UnknownReference   = "schema/unknown-reference"
	DuplicateObject    = "schema/duplicate-object"
	MatchesNothing     = "schema/matches-nothing"
	BadIngress         = "schema/ingress"
	AutoscalerConflict = "schema/autoscaler-conflict"
	UnreadMetrics      = "schema/metrics-unreachable"
	BadRelease         = "schema/release"
	BadRoute           = "schema/route"
	UnknownProvider    = "schema/provider"
	UnknownField       = "schema/unknown-field"
	TooLarge           = "schema/too-large"
	Undeclined         = "schema/required-or-declined"
	Syntax             = "schema/syntax"
	BadFile            = "schema/file"
	InvalidValue       = "schema/invalid-value"
	MissingField       = "schema/missing-field"
	TwoOfGroup         = "schema/one-of"
	AmbiguousScalar    = "schema/ambiguous-scalar"
	NullRemovesNothing = "schema/null-removes-nothing"
	NotAService        = "schema/not-a-service"
	MissingSecretValue = "schema/secret-value"
	BadPatch           = "schema/patch"
	BadManifest        = "schema/object"
	EvaluationFailed   = "schema/evaluation"
	VendoredSchema     = "schema/vendored-copy"
)

// Refusal documents one id: what is wrong, and where there is one the way to
// decline the check.
type Refusal struct {
	ID      string
	Title   string
	Decline string
}

// Refusals are all ids that start with "schema/", sorted by the number of "What
// is refused" in the schema's documentation, the general ones last.
var Refusals = []Refusal{
	{ReplicaBounds, "maxReplicas is below minReplicas", ""},
	{ReplicasTwice, "replicas and autoscaling in one layer", ""},
	{UtilizationRequest, "a utilization target without that resource's request", ""},
	{NotScalable, "autoscaling of a DaemonSet, Job or CronJob", ""},
	{RolloutStuck, "a rollout that can never proceed: maxSurge and maxUnavailable both zero, or set beside Recreate, or a DaemonSet that surges on a port of the node", ""},
	{SharedClaim, "a ReadWriteOnce claim used by more than one pod", "accessModes: [\"ReadWriteMany\"]"},
	{UnknownPort, "a port that does not exist", ""},
	{DuplicateRoute, "the same host and path twice", ""},
	{EnvReference, "a $(REF) to nothing, or a cycle", "write $$(REF) for the literal text"},
	{LiteralSecret, "a literal that looks like a secret", "allowLiteral: [NAME]"},
	{RequestOverLimit, "a request above its limit", ""},
	{BlockedDisruption, "a disruption budget that never allows a disruption", "podDisruptionBudget: false"},
	{BadProbe, "a probe that has not exactly one handler, or cannot work", "false"},
	{PreStopGrace, "a preStop hook as long as the grace period", ""},
	{BadPort, "a port name or number that cannot work", ""},
	{BadNodePort, "a nodePort out of range or on the wrong Service type", ""},
	{BadMount, "two mounts on one path, or a volume that nothing mounts", ""},
	{BadContainer, "containers that cannot start in the order asked for, or an init container with probes or hooks", ""},
	{BadName, "a name that Kubernetes does not take", ""},
	{MutableImage, "an image without tag or digest, or with latest", "image: mutable: true"},
	{PodSecurity, "what the Pod Security level of the namespace forbids, or a root user with runAsNonRoot", "securityPreset"},
	{HeadlessService, "a StatefulSet without a headless Service, or with ports that such a Service does not map", "service: headless: false"},
	{BadJob, "a schedule or time zone that cannot be read, or a Job that never ends: restarted always, or with an ordinary sidecar that serves", ""},
	{WrongKind, "a field that the kind of workload does not have", ""},
	{KubernetesVersion, "something the target Kubernetes version does not have", "featureGates"},
	{UnknownReference, "a reference to something that is neither defined nor marked existing", "existing: true"},
	{DuplicateObject, "two objects of one kind, namespace and name, or overlapping selectors", ""},
	{MatchesNothing, "an environment, overlay or patch that matches nothing", ""},
	{BadIngress, "a TLS host that no rule has, or a path without /", ""},
	{AutoscalerConflict, "a VerticalPodAutoscaler that changes the requests by which the number of pods is chosen", "autoscaling: vertical: updateMode: \"Off\""},
	{UnreadMetrics, "a networkPolicy that keeps Prometheus from the metrics (a warning)", "metrics: from: []"},
	{BadRelease, "a release that cannot work: nothing tells the two sides apart, no route leads to the canary, no pod answers its share", ""},
	{BadRoute, "a route of a Gateway that has no parent or routes nothing, or a path or filter that it cannot have", ""},
	{UnknownProvider, "internal without a load balancer, or without a provider that has a word for it", "service: annotations, ingress: annotations"},
	{UnknownField, "a field that does not exist", ""},
	{TooLarge, "an object over the size that the API server stores", ""},
	{Undeclined, "requests or a readiness probe missing", "resources: false, probes: readiness: false"},
	{Syntax, "a file that does not parse", ""},
	{BadFile, "a file that cannot be read as a service: empty, binary, too large, nested too deep", ""},
	{InvalidValue, "a value of the wrong type or out of bounds", ""},
	{MissingField, "a required field is missing", ""},
	{TwoOfGroup, "two fields of which exactly one may stand", ""},
	{AmbiguousScalar, "an unquoted YAML word or number that readers take for different things", "quote it"},
	{NullRemovesNothing, "a null where no lower layer has a value", ""},
	{NotAService, "a document that is not a service", ""},
	{MissingSecretValue, "the environment variable or file of a secret value is missing", ""},
	{BadPatch, "a patch that cannot be applied or changes nothing", ""},
	{BadManifest, "an extra object that is no valid manifest", ""},
	{EvaluationFailed, "CUE that does not evaluate to concrete values", ""},
	{VendoredSchema, "a copy of the schema for CUE's own tools that is of another version of kgen", ""},
}
