package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// serviceChecks look at one service. A new check is a file and a line here.
var serviceChecks = []func(*schema.Service, *report.Sink){
	accountRules,
	accountUse,
	allowedLiterals,
	annotationSize,
	blockedDisruption,
	configMapSize,
	containerName,
	dnsSettings,
	envCycle,
	envNames,
	exclusiveClaim,
	exclusiveSurge,
	extraServicePorts,
	hostNetworkPorts,
	imageTag,
	ingressHosts,
	ingressPaths,
	ingressTLS,
	keyNames,
	labelNames,
	literalSecrets,
	minReplicas,
	mountPaths,
	nodePorts,
	objectNames,
	podOnlyClaim,
	policyPorts,
	portDuplicates,
	portNames,
	preStop,
	probes,
	progressDeadline,
	quantities,
	readinessMissing,
	requestsMissing,
	requestsOverLimits,
	rolloutStuck,
	rootUser,
	secretTypes,
	selectorLabels,
	serviceType,
	sharedPercentages,
	sourceFeatures,
	tolerations,
	unmadeChoices,
	unmountedVolumes,
	utilization,
	volumeNames,
}

// environmentChecks look at the services of an environment together.
var environmentChecks = []func(*environment){
	claimsTwice,
	duplicateRoutes,
	envReferences,
	ingressBackends,
	nodePortsTwice,
	overlappingSelectors,
	podSecurity,
	policyPeers,
	references,
}

// projectChecks look at kgen.cue.
var projectChecks = []func(*schema.Project, *report.Sink){
	featureGates,
	projectNames,
}
