package schema

// What people write by the names of other places: Kubernetes' own, where kgen has
// them under another field, and what only people write.
var (
	serviceElsewhere = map[string]string{
		"automountServiceAccountToken": "serviceAccount: automountServiceAccountToken",
		"blueGreen":                    "release: blueGreen",
		"canary":                       "release: canary",
		"containers":                   "image, command, env and the like: the service is its container; further ones stand under sidecars",
		"hpa":                          "autoscaling",
		"imagePullPolicy":              "image: pullPolicy",
		"initialDelaySeconds":          "probes: readiness: initialDelaySeconds",
		"limits":                       "resources: limits",
		"livenessProbe":                "probes: liveness",
		"maxReplicas":                  "autoscaling: maxReplicas",
		"minReplicas":                  "autoscaling: minReplicas",
		"pdb":                          "podDisruptionBudget",
		"readinessProbe":               "probes: readiness",
		"replicaCount":                 "replicas",
		"requests":                     "resources: requests",
		"serviceAccountName":           "serviceAccount: name",
		"startupProbe":                 "probes: startup",
		"volumeMounts":                 "volumes: NAME: mountPath",
	}
	containerElsewhere = map[string]string{
		"configMaps":      "it beside the service, and mounts: PATH: VOLUME here",
		"drainSeconds":    "lifecycle: preStop: sleep: seconds",
		"imagePullPolicy": "image: pullPolicy",
		"limits":          "resources: limits",
		"livenessProbe":   "probes: liveness",
		"name":            "it as the key",
		"readinessProbe":  "probes: readiness",
		"requests":        "resources: requests",
		"restartPolicy":   "the container under sidecars: there it is restarted",
		"secrets":         "it beside the service, and mounts: PATH: VOLUME here",
		"startupProbe":    "probes: startup",
		"volumeMounts":    "mounts: PATH: VOLUME",
		"volumes":         "it beside the service, and mounts: PATH: VOLUME here",
	}
	envElsewhere = map[string]string{
		"configMapKeyRef":  "{configMap: NAME, key: KEY}",
		"fieldRef":         "{field: PATH}",
		"resourceFieldRef": "{resource: NAME}",
		"secretKeyRef":     "{secret: NAME, key: KEY}",
		"valueFrom":        "one of {secret: NAME, key: KEY}, {configMap: NAME, key: KEY}, {field: PATH} and {resource: NAME}",
	}
	releaseElsewhere = map[string]string{
		"active": "blueGreen: active",
		"blue":   "blueGreen: blue",
		"green":  "blueGreen: green",
		"image":  "canary: image",
		"weight": "canary: weight",
	}
)

// elsewhere says where a field that b does not have is to be found, empty where
// that is not known.
func (b *body) elsewhere(name string) string {
	place := ""
	switch b {
	case &bodyMerged:
		place = serviceElsewhere[name]
	case &bodyExtraContainer, &bodySidecar:
		place = containerElsewhere[name]
		switch {
		case b == &bodySidecar && name == "restartPolicy":
			place = "native: true, for what is restarted"
		case name == "native":
			place = "the container under sidecars"
		}
	case &bodyEnvVar:
		place = envElsewhere[name]
	case &bodyRelease:
		place = releaseElsewhere[name]
	}
	if place == "" {
		return ""
	}
	return "write " + place
}

// written are the names of the fields as people know them: environments and
// mountPath are no fields of the long form.
func (b *body) written() []string {
	switch b {
	case &bodyMerged:
		return append(b.names(), "environments")
	case &bodyVolume:
		return append(b.names(), "mountPath")
	}
	return b.names()
}
