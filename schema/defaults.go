package schema

// Default is one built-in default. ApplyDefaults fills it in; explain and the
// documentation print it.
type Default struct {
	Field   string // the field it fills; * stands for any key
	Value   string // what it fills in, and when
	Why     string
	Decline string // how to have neither the default nor a value of one's own; empty: set another value
}

// Defaults are all built-in defaults, by subject.
// What the API server defaults itself is no default of kgen and not rendered.
var Defaults = []Default{
	{"kind", "Deployment", "a service that only runs is a Deployment", ""},
	{"restartPolicy", "Never for a Job or a CronJob", "a try that failed leaves its pod, and so its logs", "restartPolicy: \"OnFailure\""},
	{"job.ttlSecondsAfterFinished", "86400 for a Job; those of a CronJob have its history limits", "a finished Job and its pods are litter after a day", "job: ttlSecondsAfterFinished: false"},
	{"job.concurrencyPolicy", "Forbid for a CronJob", "a run that got slow is not joined by the next, which makes both slower", "job: concurrencyPolicy: \"Allow\""},
	{"job.podFailurePolicy.rules.*.onPodConditions.*.status", "True", "what the API server fills in; tools that compare lists as a whole would see a difference for ever", ""},
	{"env.*.key", "the variable's name", "the two are mostly the same", ""},
	{"probes.*.*.port", "the first TCP port, by name", "a probe by name follows the port's number", ""},
	{"resources.limits.memory", "the memory request", "memory that is overcommitted kills pods; a cpu limit only throttles, so there is none", "resources: limits: memory: false"},
	{"sidecars.*.native", "true", "a native sidecar is up before the service's own container starts, and down after it", "sidecars: NAME: native: false"},
	{"ports.*.port", "containerPort", "one number is easier to remember than two", ""},
	{"volumes.*.accessModes", "ReadWriteOnce", "every storage driver has it", ""},
	{"service.headless", "true for a StatefulSet, unless type is set or an extra Service is headless", "a headless Service gives the pods of a StatefulSet their names", "service: headless: false"},
	{"volumes.*.storageClassName", "that of the provider, where it has one on every cluster (docs/providers.md)", "a claim without a class waits for ever where the cluster has no default, and a disk cannot be shared by nodes", "provider: \"generic\""},
	{"replicas", "2 for a Deployment with ports, a readiness probe and no volumes (files and writable are none); else 1; none beside autoscaling, and of a DaemonSet, Job or CronJob", "two are the fewest that survive a node drain; a second worker or cache may process twice", "replicas: false"},
	{"autoscaling.vertical.updateMode", "Recreate beside minReplicas and evictionRequirements", "the admission of a VerticalPodAutoscaler wants the mode where something is said of updates; this is the one that holds without a word", `autoscaling: vertical: updateMode: "Off"`},
	{"autoscaling.minReplicas", "1 beside keda", "KEDA's own default is 0, and a service that sleeps answers its first request late", "autoscaling: minReplicas: 0"},
	{"metrics.port", "metrics, where a port has that name", "such a port is there for nothing else", "metrics: false"},
	{"metrics.kind", "ServiceMonitor where the service has one Service and the port is on it, else PodMonitor", "pods behind several Services would count several times", ""},
	{"strategy.type", "Recreate for a Deployment with a ReadWriteOnce claim, else RollingUpdate", "a rolling update deadlocks when the claim is attached to another node (\"Multi-Attach error\")", ""},
	{"strategy.maxSurge", "1 in a rolling update of a Deployment; not with a ReadWriteOnce claim", "the new pod comes before the old one goes", ""},
	{"strategy.maxUnavailable", "0 in a rolling update of a Deployment, 1 where maxSurge is 0; not with a ReadWriteOnce claim; 0 beside maxSurge of a DaemonSet", "no capacity is lost in a rollout", ""},
	{"revisionHistoryLimit", "3", "old revisions are litter beyond the last few", ""},
	{"podDisruptionBudget.maxUnavailable", "1 from two minimum replicas on, or where the budget names no number", "it keeps a drain from taking all pods, and never blocks one for ever", "podDisruptionBudget: false"},
	{"podDisruptionBudget.unhealthyPodEvictionPolicy", "AlwaysAllow", "a pod that crashes in a loop holds up the drain of its node for ever otherwise", "podDisruptionBudget: unhealthyPodEvictionPolicy: \"IfHealthyBudget\""},
	{"spread", "soft where there can be more than one pod", "pods on several hosts and zones outlive one of them, and never stay Pending for it", "spread: \"none\""},
	{"topologySpreadConstraints.*.labelSelector", "the service's selector", "a constraint counts the service's own pods", ""},
	{"ingress.hosts.*.*.pathType", "Prefix", "ImplementationSpecific differs between controllers", ""},
	{"ingress.hosts.*.*.port", "the Service's only or first port", "most Services have one", ""},
	{"ingress.className", "that of the provider (docs/providers.md)", "an Ingress without a class is nobody's unless the cluster has a default", "provider: \"generic\""},
	{"ingress.annotations", "those that the provider's controller needs for a Service of type ClusterIP, and for internal (docs/providers.md)", "what is internal or public is said in one word for all providers", "ingress: annotations: \"alb.ingress.kubernetes.io/target-type\": false"},
	{"service.annotations", "those by which the provider makes a load balancer internal or public (docs/providers.md)", "what is internal or public is said in one word for all providers", "provider: \"generic\""},
	{"extraServices.*.annotations", "as those of service", "as those of service", "provider: \"generic\""},
	{"httpRoutes.*.paths.*.pathType", "PathPrefix", "what the Gateway API does", ""},
	{"httpRoutes.*.paths.*.port", "the Service's only or first port, by number; so too in grpcRoutes", "most Services have one; a route knows no names of ports", ""},
	{"release.canary.replicas", "the canary's weight of the service's replicas, rounded up, at least 1; beside autoscaling of its lower bound", "a canary as busy as the other pods tells the same as they do", ""},
	{"ingress.tls", "on where clusterIssuer is set, with the Secret NAME-tls", "an issuer is asked for to serve HTTPS", "ingress: tls: false"},
	{"serviceAccount.create", "true", "an account of its own is what permissions can be given to", "serviceAccount: create: false"},
	{"serviceAccount.automountServiceAccountToken", "false, true where there are rules or clusterRules", "a token only where it is used", "serviceAccount: false"},
	{"securityPreset", "restricted", "Pod Security \"restricted\" is what a process needs that only computes and talks", "securityPreset: \"none\""},
	{"podSecurityContext.runAsNonRoot", "true under restricted", "root in the container is root on the node after an escape", "podSecurityContext: runAsNonRoot: false"},
	{"podSecurityContext.seccompProfile", "RuntimeDefault under restricted and baseline", "it forbids the system calls that escapes are made of", "podSecurityContext: seccompProfile: type: \"Unconfined\""},
	{"podSecurityContext.fsGroup", "runAsUser where a claim is mounted, if that is not root", "a process that is not root cannot write to a fresh volume otherwise", "securityPreset: \"none\""},
	{"podSecurityContext.fsGroupChangePolicy", "OnRootMismatch where a claim is mounted and there is an fsGroup", "the owner of every file of a large volume takes minutes to change", ""},
	{"securityContext.allowPrivilegeEscalation", "false under restricted and baseline, unless the container is privileged", "set-user-id programs have no use in a container", "securityContext: allowPrivilegeEscalation: true"},
	{"securityContext.capabilities.drop", "ALL under restricted", "a server needs none", "securityContext: capabilities: drop: []"},
	{"securityContext.readOnlyRootFilesystem", "true under restricted", "what cannot be written cannot be replaced by an intruder", "securityContext: readOnlyRootFilesystem: false"},
	{"writable", "/tmp, besides what is listed, where the root file system is read-only and nothing else is mounted there", "it is what makes a read-only root usable", "writable: []"},
	{"drainSeconds", "5 with ports, own ones or a sidecar's that are on the Service, and not for a Job or CronJob, from Kubernetes 1.30 on, where the grace period is at least 15 s and there is no preStop hook", "endpoint removal races SIGTERM: the 502s of every rollout", "drainSeconds: 0"},
	{"enableServiceLinks", "false", "injected WEB_PORT=tcp://... breaks programs and grows with the namespace", "enableServiceLinks: true"},
	{"selector", "app.kubernetes.io/name: NAME", "a selector cannot change, so nothing stands in it that may", ""},
	{"labels", "app.kubernetes.io/name and instance: NAME, managed-by: kgen, component and part-of where set; on the workload and its pods version: the image's tag", "the labels every tool knows; a version on every object would touch all of them in each deploy", "labels: \"app.kubernetes.io/instance\": false"},
	{"podAnnotations", "checksum/config over the ConfigMaps and files that the pod uses, and the names and keys of its Secrets", "a changed configuration starts new pods", "podAnnotations: \"checksum/config\": false"},
}

// ApplyDefaults fills in what the merged service s leaves unset. It needs the
// long form and s.World but for its Services, ConfigMaps and Secrets; applied
// again, it changes nothing.
func ApplyDefaults(s *Service) {
	s.Kind = or(s.Kind, Deployment)
	defaultWorkload(s)
	if len(s.Selector) == 0 {
		s.Selector = s.SelectorLabels()
	}
	for c := range s.PodContainers() {
		defaultEnvKeys(c.Env)
		defaultProbePorts(c.Container)
		defaultMemoryLimit(c.Resources)
	}
	for i := range s.Sidecars {
		setDefault(&s.Sidecars[i].Value.Native, s.World.hasSidecars())
	}
	defaultAccessModes(s.Volumes)
	defaultSecurity(s)
	for c := range s.PodContainers() {
		defaultWritable(s, &c)
	}
	defaultKeda(s.Autoscaling)
	defaultVertical(s.Autoscaling)
	defaultReplicas(s) // before all that asks how many pods there are
	defaultStrategy(s)
	defaultDisruptionBudget(s)
	defaultSpread(s)
	defaultDrain(s)
	defaultIngress(s.Ingress)
	defaultProvider(s) // after the access modes
	defaultRoutes(s)
	defaultServiceAccount(s)
	defaultMetrics(s)
	if !s.EndsByItself() {
		setDefault(&s.RevisionHistoryLimit, 3)
	}
	setDefault(&s.EnableServiceLinks, false)
}

// setDefault fills field where it is unset.
func setDefault[T any](field **T, value T) {
	if *field == nil {
		*field = &value
	}
}

func defaultEnvKeys(env Map[EnvVar]) {
	for i := range env {
		if v := &env[i].Value; v.Secret != "" || v.ConfigMap != "" {
			v.Key = or(v.Key, env[i].Key)
		}
	}
}

func defaultProbePorts(c *Container) {
	port := firstTCPPort(c.Ports)
	if port == "" {
		return
	}
	for _, probe := range []*Probe{c.Probes.Liveness, c.Probes.Readiness, c.Probes.Startup} {
		if probe == nil {
			continue
		}
		for _, handlerPort := range probe.ports() {
			if handlerPort.IsZero() {
				handlerPort.Name = port
			}
		}
	}
}

// ports are the port fields of the probe's handlers.
func (p *Probe) ports() []*IntOrName {
	var ports []*IntOrName
	if p.HTTPGet != nil {
		ports = append(ports, &p.HTTPGet.Port)
	}
	if p.TCPSocket != nil {
		ports = append(ports, &p.TCPSocket.Port)
	}
	if p.GRPC != nil {
		ports = append(ports, &p.GRPC.Port)
	}
	return ports
}

// firstTCPPort is the name of the first port that a probe can connect to.
func firstTCPPort(ports Map[Port]) string {
	for i := range ports {
		if p := ports[i].Value.Protocol; p == "" || p == "TCP" {
			return ports[i].Key
		}
	}
	return ""
}

func defaultMemoryLimit(r *Resources) {
	if r == nil || r.Declined || r.Limits.Has("memory") {
		return
	}
	if request := r.Requests.Get("memory"); request != nil && !request.Declined {
		r.Limits = append(r.Limits, Entry[Text]{"memory", *request})
	}
}

func defaultAccessModes(volumes Map[Volume]) {
	for i := range volumes {
		if v := &volumes[i].Value; v.Size != "" && len(v.AccessModes) == 0 {
			v.AccessModes = []string{"ReadWriteOnce"}
		}
	}
}

func defaultIngress(in *Ingress) {
	if in == nil {
		return
	}
	for _, host := range in.Hosts {
		for i := range host.Value {
			backend := &host.Value[i].Value
			backend.PathType = or(backend.PathType, "Prefix")
		}
	}
	if in.TLS == nil && (in.ClusterIssuer != "" || in.Certificate != nil) {
		in.TLS = &IngressTLS{}
	}
}

func defaultServiceAccount(s *Service) {
	if s.ServiceAccount == nil {
		s.ServiceAccount = &ServiceAccount{}
	}
	account := s.ServiceAccount
	if account.Declined {
		return
	}
	setDefault(&account.Create, true)
	setDefault(&account.AutomountServiceAccountToken, len(account.Rules)+len(account.ClusterRules) > 0)
}
