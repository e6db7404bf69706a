package lint

import (
	"strings"
	"testing"
)

// One document a line, so that findings stand in line 2 for the first, 4 for the second.
const (
	webService = "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}\n"
	webScaler  = "---\n{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec: {minReplicas: 3, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}\n"
)

// web is a Deployment with more fields in its spec and that of its pods, each ending
// in a comma, and in its container, each beginning with one.
func web(spec, pod, container string) string {
	return workload("apps/v1", "Deployment", spec, pod, container)
}

func workload(apiVersion, kind, spec, pod, container string) string {
	return "---\n{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: web}, spec: {" + spec +
		" selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {" + pod +
		" containers: [{name: web, image: web:1.4.2" + container + "}]}}}}\n"
}

// claim is a volume of a claim, and the claim with an access mode.
const claimVolume = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}],"

func claim(mode string) string {
	return "---\n{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [" + mode + "]}}\n"
}

func TestReplicas(t *testing.T) {
	check(t, &minReplicas, []ruleCase{
		{name: "unset is one", text: web("", "", "") + webService, want: []string{"2: warning: replicas is not set, which is 1, behind Service web"}},
		{name: "unset may be many", text: web("", "", "") + webService, options: map[string]any{"assume-replicas-unset": "many"}},
		{name: "written one is one", text: web("replicas: 1,", "", "") + webService, options: map[string]any{"assume-replicas-unset": "many"},
			want: []string{"2: warning: replicas is 1, behind Service web"}},
		{name: "min", text: web("replicas: 2,", "", "") + webService, options: map[string]any{"min": 3}, want: []string{"2: warning: replicas is 2, behind Service web"}},
		{name: "switched off", text: web("replicas: 0,", "", "") + webService},
		{name: "no Service", text: web("", "", "")},
		{name: "autoscaler", text: web("", "", "") + webService + webScaler},
		{name: "autoscaler may be in another file", world: Partial, text: web("", "", "") + webService},
		{name: "one is written in a file of several", world: Partial, text: web("replicas: 1,", "", "") + webService, want: []string{"2: warning: replicas is 1, behind Service web"}},
		{name: "unread", text: web(`replicas: "1",`, "", "") + webService},
		{name: "Recreate", text: web("strategy: {type: Recreate},", "", "") + webService},
		{name: "unknown claim", text: web("", claimVolume, "") + webService},
		{name: "claim of one node", text: web("", claimVolume, "") + webService + claim("ReadWriteOnce")},
		{name: "claim of many nodes", text: web("", claimVolume, "") + webService + claim("ReadWriteMany"),
			want: []string{"2: warning: replicas is not set, which is 1, behind Service web"}},
		{name: "StatefulSet", text: workload("apps/v1", "StatefulSet", "", "", "") + webService},
		{name: "StatefulSet by parameter", text: workload("apps/v1", "StatefulSet", "", "", "") + webService, options: map[string]any{"stateful-sets": true},
			want: []string{"2: warning: replicas is not set, which is 1, behind Service web"}},
		{name: "Rollout", text: workload("argoproj.io/v1alpha1", "Rollout", "replicas: 1,", "", "") + webService, want: []string{"2: warning: replicas is 1, behind Service web"}},
	})
	check(t, &noPrestopDrain, []ruleCase{
		{name: "one replica", text: web("", "", "") + webService},
		{name: "scaled", text: web("", "", "") + webService + webScaler, want: []string{"2: info: no container has a preStop hook, behind Service web"}},
		{name: "scaled from one", text: web("", "", "") + webService + strings.Replace(webScaler, "minReplicas: 3", "minReplicas: 1", 1)},
		{name: "annotation", text: web("replicas: 2,", "", "") + webService, options: map[string]any{"annotation": "other"},
			want: []string{"2: info: no container has a preStop hook, behind Service web"}},
	})
	check(t, &nakedPod, []ruleCase{
		{name: "owned", text: `{apiVersion: v1, kind: Pod, metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Node, name: n, uid: u}]}, spec: {}}`},
		{name: "test", text: `{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {helm.sh/hook: test}}, spec: {}}`},
		{name: "control plane", text: `{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: kube-system, labels: {tier: control-plane}}, spec: {}}`},
	})
}

func TestProbes(t *testing.T) {
	same := []string{"2: warning: container web: livenessProbe gives up after 30 s, and readinessProbe, which asks the same, after 30 s"}
	check(t, &probesIdentical, []ruleCase{
		{name: "name and number", text: web("", "", ", ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: http}}, readinessProbe: {httpGet: {path: /, port: 80}}"), want: same},
		{name: "tcp", text: web("", "", ", livenessProbe: {tcpSocket: {port: 80}}, readinessProbe: {tcpSocket: {port: 80}}"), want: same},
		{name: "grpc", text: web("", "", ", livenessProbe: {grpc: {port: 80, service: a}}, readinessProbe: {grpc: {port: 80, service: a}}"), want: same},
		{name: "other grpc service", text: web("", "", ", livenessProbe: {grpc: {port: 80, service: a}}, readinessProbe: {grpc: {port: 80}}")},
		{name: "exec", text: web("", "", ", livenessProbe: {exec: {command: [a, b]}}, readinessProbe: {exec: {command: [a, b]}}"), want: same},
		{name: "other exec", text: web("", "", ", livenessProbe: {exec: {command: [a b]}}, readinessProbe: {exec: {command: [a, b]}}")},
		{name: "other path", text: web("", "", ", livenessProbe: {httpGet: {path: /a, port: 80}}, readinessProbe: {httpGet: {path: /b, port: 80}}")},
		{name: "bears more", text: web("", "", ", livenessProbe: {tcpSocket: {port: 80}, failureThreshold: 4}, readinessProbe: {tcpSocket: {port: 80}}")},
		{name: "starts later", text: web("", "", ", livenessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 1}, readinessProbe: {tcpSocket: {port: 80}}")},
		{name: "bears less", text: web("", "", ", livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 5}, readinessProbe: {tcpSocket: {port: 80}}"),
			want: []string{"2: warning: container web: livenessProbe gives up after 15 s, and readinessProbe, which asks the same, after 30 s"}},
		{name: "no handlers", text: web("", "", ", livenessProbe: {}, readinessProbe: {}")},
	})
	undeclared := []string{"2: info: container web: livenessProbe asks port 81, which is not declared for TCP"}
	check(t, &probePortNotExposed, []ruleCase{
		{name: "number", text: web("", "", ", ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81}}"), want: undeclared},
		{name: "numbers off", text: web("", "", ", ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81}}"), options: map[string]any{"numbers": false}},
		{name: "grpc", text: web("", "", ", ports: [{containerPort: 80}], livenessProbe: {grpc: {port: 81}}"), want: undeclared},
		{name: "no ports", text: web("", "", ", livenessProbe: {tcpSocket: {port: 81}}")},
		{name: "name without ports", text: web("", "", ", livenessProbe: {tcpSocket: {port: a}}"), want: []string{"2: error: container web: livenessProbe names port a, which is no port of the container"}},
		{name: "port of a sidecar", text: web("", "initContainers: [{name: b, restartPolicy: Always, ports: [{containerPort: 81}]}],", ", ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: 81}}")},
		{name: "UDP", text: web("", "", ", ports: [{name: a, containerPort: 81, protocol: UDP}], livenessProbe: {tcpSocket: {port: a}}"), want: undeclared},
		{name: "other host", text: web("", "", ", ports: [{containerPort: 80}], livenessProbe: {httpGet: {host: b, port: a}}")},
		{name: "hooks", text: web("", "", ", lifecycle: {postStart: {httpGet: {port: a}}, preStop: {httpGet: {port: b}}}"),
			want: []string{"2: error: container web: postStart names port a, which is no port of the container", "2: error: container web: preStop names port b, which is no port of the container"}},
		{name: "unread", text: web("", "", ", ports: [{containerPort: 80}], livenessProbe: {tcpSocket: {port: []}}")},
	})
	check(t, &probeInvalid, []ruleCase{
		{name: "readiness", text: web("", "", ", readinessProbe: {tcpSocket: {port: 1}, successThreshold: 3, terminationGracePeriodSeconds: 5}"),
			want: []string{"2: error: container web: a readinessProbe ends no container, and has no terminationGracePeriodSeconds"}},
		{name: "default period", text: web("", "", ", startupProbe: {tcpSocket: {port: 1}, timeoutSeconds: 11}"),
			want: []string{"2: warning: container web: timeoutSeconds of startupProbe is 11, with a period of 10"}},
		{name: "as long as the period", text: web("", "", ", startupProbe: {tcpSocket: {port: 1}, timeoutSeconds: 10, successThreshold: 1}")},
		{name: "unread handler", text: web("", "", ", startupProbe: {tcpSocket: 80}")},
	})
	check(t, &startupProbeMissing, []ruleCase{
		{name: "short", text: web("", "", ", livenessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 59}")},
		{name: "seconds", text: web("", "", ", livenessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 59}"), options: map[string]any{"seconds": 30},
			want: []string{"2: info: container web: livenessProbe waits 59 s, and there is no startupProbe"}},
	})
	check(t, &progressDeadlineTooShort, []ruleCase{
		{name: "default", text: web("", "", ", startupProbe: {tcpSocket: {port: 1}, failureThreshold: 61}"),
			want: []string{"2: warning: progressDeadlineSeconds is 600, and container web may take 610 s to be ready"}},
		{name: "just enough", text: web("", "", ", startupProbe: {tcpSocket: {port: 1}, failureThreshold: 60}")},
		{name: "minReadySeconds", text: web("minReadySeconds: 1,", "", ", startupProbe: {tcpSocket: {port: 1}, failureThreshold: 60}"),
			want: []string{"2: warning: progressDeadlineSeconds is 600, and container web may take 601 s to be ready"}},
		{name: "readiness delay", text: web("progressDeadlineSeconds: 60,", "", ", readinessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 61}"),
			want: []string{"2: warning: progressDeadlineSeconds is 60, and container web may take 61 s to be ready"}},
		{name: "unread deadline", text: web("progressDeadlineSeconds: 1m,", "", ", startupProbe: {tcpSocket: {port: 1}, failureThreshold: 61}")},
	})
}

func TestPreStop(t *testing.T) {
	sleeps := func(seconds, after string) []string {
		return []string{"2: error: container web: preStop sleeps " + seconds + " s, and the pod is killed after " + after + " s"}
	}
	hook := func(h string) string { return ", lifecycle: {preStop: {" + h + "}}" }
	check(t, &graceShorterThanPrestop, []ruleCase{
		{name: "sleep", text: web("", "", hook("sleep: {seconds: 30}")), want: sleeps("30", "30")},
		{name: "short sleep", text: web("", "", hook("sleep: {seconds: 29}"))},
		{name: "long grace", text: web("", "terminationGracePeriodSeconds: 60,", hook("sleep: {seconds: 30}"))},
		{name: "exec", text: web("", "terminationGracePeriodSeconds: 60,", hook("exec: {command: [/bin/sleep, 1.5m]}")), want: sleeps("90", "60")},
		{name: "for ever", text: web("", "", hook("exec: {command: [sleep, infinity]}"))},
		{name: "script", text: web("", "", hook("exec: {command: [/bin/sh, -ec, 'sleep 20; kill 1; sleep 10']}")), want: sleeps("30", "30")},
		{name: "condition", text: web("", "", hook("exec: {command: [sh, -c, 'test -f /x || sleep 40']}"))},
		{name: "loop", text: web("", "", hook("exec: {command: [sh, -c, 'while true; do sleep 40; done']}"))},
		{name: "in the background", text: web("", "", hook("exec: {command: [sh, -c, 'sleep 40 & wait']}"))},
		{name: "variable", text: web("", "", hook("exec: {command: [sh, -c, 'sleep $N']}"))},
		{name: "other command", text: web("", "", hook("exec: {command: [/drain, '40']}"))},
		{name: "http", text: web("", "", hook("httpGet: {port: 80}"))},
		{name: "no hook", text: web("", "terminationGracePeriodSeconds: 0,", "")},
	})
}
