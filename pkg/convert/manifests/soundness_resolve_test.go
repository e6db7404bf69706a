package manifests

import (
	"fmt"
	"slices"
)

// resolve writes what a cluster makes of a document in the place of what leads to it:
// the numbers of ports in that of their names, and who gets a token.
func (d document) resolve(value map[string]any, all []document) {
	if d.kind == "Service" {
		resolveService(value, all)
	}
	pod := podOf(value, d.kind)
	if pod == nil {
		return
	}
	if pod["serviceAccountName"] == nil && pod["serviceAccount"] != nil {
		pod["serviceAccountName"] = pod["serviceAccount"]
	}
	delete(pod, "serviceAccount") // the old name of the field
	if pod["automountServiceAccountToken"] == nil {
		pod["automountServiceAccountToken"] = d.tokenOf(pod["serviceAccountName"], all)
	}
	for _, list := range []string{"containers", "initContainers"} {
		containers, _ := pod[list].([]any)
		for _, c := range containers {
			container, _ := c.(map[string]any)
			for _, probe := range []string{"readinessProbe", "livenessProbe", "startupProbe"} {
				of, _ := container[probe].(map[string]any)
				for _, way := range []string{"httpGet", "tcpSocket"} {
					if get, isMap := of[way].(map[string]any); isMap {
						get["port"] = portOf([]any{c}, get["port"], nil)
					}
				}
			}
		}
	}
}

// resolveService writes the ports of all pods that a Service finds.
func resolveService(value map[string]any, all []document) {
	spec, _ := value["spec"].(map[string]any)
	selector, _ := spec["selector"].(map[string]any)
	ports, _ := spec["ports"].([]any)
	for _, p := range ports {
		port, isMap := p.(map[string]any)
		if !isMap || len(selector) == 0 {
			continue
		}
		var leads []any
		for _, other := range all {
			pod := podOf(other.value, other.kind)
			if !hasAll(labelsOfPods(other), selector) {
				continue
			}
			containers, _ := pod["containers"].([]any)
			inits, _ := pod["initContainers"].([]any)
			leads = append(leads, other.name, portOf(append(slices.Clone(containers), inits...), port["targetPort"], port["protocol"]))
		}
		if len(leads) > 0 {
			port["targetPort"] = fmt.Sprint(leads...)
		}
	}
}

// portOf is the number of a port of containers, where it is a name that one of them has.
func portOf(containers []any, port, protocol any) any {
	for _, c := range containers {
		container, _ := c.(map[string]any)
		list, _ := container["ports"].([]any)
		for _, p := range list {
			candidate, _ := p.(map[string]any)
			isIts := protocol == nil || candidate["protocol"] == protocol || candidate["protocol"] == nil && protocol == "TCP"
			if number, isNumber := candidate["containerPort"].(float64); isNumber && number > 0 && candidate["name"] == port && port != nil && isIts {
				return number
			}
		}
	}
	return port
}

// podOf is the spec of the pods that a document makes; nil for none.
func podOf(value map[string]any, kind string) map[string]any {
	path := []string{"spec", "template", "spec"}
	switch kind {
	case "Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet", "ReplicationController":
	case "CronJob":
		path = []string{"spec", "jobTemplate", "spec", "template", "spec"}
	default:
		return nil
	}
	for _, key := range path {
		value, _ = value[key].(map[string]any)
	}
	return value
}

func labelsOfPods(d document) map[string]any {
	spec, _ := d.value["spec"].(map[string]any)
	template, _ := spec["template"].(map[string]any)
	metadata, _ := template["metadata"].(map[string]any)
	labels, _ := metadata["labels"].(map[string]any)
	return labels
}

func hasAll(labels, wanted map[string]any) bool {
	for key, value := range wanted {
		if labels[key] != value {
			return false
		}
	}
	return true
}

// tokenOf is whether pods get the token of an account where they do not say.
func (d document) tokenOf(account any, all []document) bool {
	for _, o := range all {
		if o.kind == "ServiceAccount" && o.namespace == d.namespace && any(o.name) == account && o.value["automountServiceAccountToken"] == false {
			return false
		}
	}
	return true
}
