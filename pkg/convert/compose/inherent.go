package compose

// Inherent are the rules of kgen lint whose findings say what the compose files say: the
// services are so there already, and import did not make them so.
var Inherent = []string{
	"capabilities-dangerous", "cronjob-deadline", "emptydir-memory-unbounded", "host-network", "image-tag-mutable", "min-replicas",
	"name-too-long", "no-pod-spread", "privileged-container", "probe-invalid", "pss-sysctls", "run-as-root", "subpath-no-reload",
}
