package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssProbeHost = Rule{
	ID: "pss-probe-host", Severity: report.Warning, Profile: Off,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "probe or lifecycle hook names a host",
		Why:   "the kubelet sends the request, from the node's network: whoever may make pods can so reach what only nodes may reach",
		Fix:   "remove host, so that the pod itself is asked",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    livenessProbe:
      httpGet:
        host: 10.0.0.1 # <-
        port: 8080
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    livenessProbe:
      httpGet:
        port: 8080
        httpHeaders: [{name: Host, value: web.example.com}]
`,
		Notes: []string{"It is part of the Pod Security Standards from Kubernetes 1.34 on, and quiet before. For a virtual host set the header Host."},
	},
	CheckWorkload: judgedBy("hostProbesAndHostLifecycle", forbiddenProbeHosts),
}

// request is a request that the kubelet makes.
type request struct {
	field []any
	http  *corev1.HTTPGetAction
	tcp   *corev1.TCPSocketAction
}

func (c *Container) requests() (requests []request) {
	probe := func(field string, p *corev1.Probe) {
		if p != nil {
			requests = append(requests, request{[]any{field}, p.HTTPGet, p.TCPSocket})
		}
	}
	hook := func(field string, h *corev1.LifecycleHandler) {
		if h != nil {
			requests = append(requests, request{[]any{"lifecycle", field}, h.HTTPGet, h.TCPSocket})
		}
	}
	probe("startupProbe", c.StartupProbe)
	probe("readinessProbe", c.ReadinessProbe)
	probe("livenessProbe", c.LivenessProbe)
	if c.Lifecycle != nil {
		hook("postStart", c.Lifecycle.PostStart)
		hook("preStop", c.Lifecycle.PreStop)
	}
	return requests
}

func forbiddenProbeHosts(w *Workload, control forbids) (found []offence) {
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		told := func(field []any, by string, host string, handler corev1.ProbeHandler) {
			probe := &corev1.Probe{ProbeHandler: handler}
			if control.spec(&corev1.PodSpec{Containers: []corev1.Container{{LivenessProbe: probe}}}) {
				at := c.Field(field...).With(by, "host")
				found = append(found, offenceIn(c, at, "%s.%s asks the host %s", field[len(field)-1], by, host))
			}
		}
		for _, q := range c.requests() {
			if q.http != nil {
				told(q.field, "httpGet", q.http.Host, corev1.ProbeHandler{HTTPGet: q.http})
			}
			if q.tcp != nil {
				told(q.field, "tcpSocket", q.tcp.Host, corev1.ProbeHandler{TCPSocket: q.tcp})
			}
		}
	}
	return found
}
