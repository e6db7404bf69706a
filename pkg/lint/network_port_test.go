package lint

import (
	"fmt"
	"strings"
	"testing"
)

func TestPortNames(t *testing.T) {
	ports := func(ports string) string { return pods("web", "app: web", running("web:1", "ports: ["+ports+"]")) }
	check(t, &portNameInvalid, []ruleCase{
		{name: "fine", text: lines(ports("{name: a-1, containerPort: 1}, {containerPort: 65535}"), service("prometheus-metrics", "ports: [{name: a-very-long-name-of-a-port, port: 1, targetPort: a-1}, {port: 2}]"))},
		{name: "names", text: ports("{name: A, containerPort: 1}, {name: a--b, containerPort: 2}, {name: '80', containerPort: 3}, {name: -a, containerPort: 4}"), want: []string{
			`1: error: container main: port name "-a"`, `1: error: container main: port name "80"`, `1: error: container main: port name "A"`, `1: error: container main: port name "a--b"`}},
		{name: "numbers", text: ports("{name: a}, {containerPort: 65536}"), want: []string{"1: error: container main: port 0", "1: error: container main: port 65536"}},
		{name: "number that cannot be read", text: ports("{containerPort: http}")},
		{name: "targetPort", text: service("web", "ports: [{port: 1, targetPort: a_b}, {port: 1, targetPort: 70000}]"), want: []string{`1: error: targetPort "a_b"`, "1: error: targetPort 70000"}},
		{name: "custom resource", text: podsOf("argoproj.io/v1alpha1", "Rollout", "web", "app: web", running("web:1", "ports: [{name: A, containerPort: 1}]")),
			want: []string{`1: error: container main: port name "A"`}},
	})
	two := func(second string) string {
		return pods("web", "app: web", "containers: [{name: a, image: a, ports: [{name: http, containerPort: 1}]}, {name: b, image: b, ports: ["+second+"]}]")
	}
	check(t, &portNameDuplicate, []ruleCase{
		{name: "in a container", text: ports("{name: a, containerPort: 1}, {name: a, containerPort: 2}"), want: []string{"1: error: container main: two ports are called a"}},
		{name: "no names", text: ports("{containerPort: 1}, {containerPort: 2}")},
		{name: "across without Service", text: two("{name: http, containerPort: 2}")},
		{name: "across, by number", text: lines(two("{name: http, containerPort: 2}"), service("web", "selector: {app: web}, ports: [{port: 1, targetPort: 1}]"))},
		{name: "across, by name", text: lines(two("{name: http, containerPort: 2}"), service("web", "selector: {app: web}, ports: [{port: 1, targetPort: http}]")),
			want: []string{"1: warning: containers a and b: both have a port http, and Service/web leads to it"}},
		{name: "init container", text: lines(pods("web", "app: web", "initContainers: [{name: i, image: i, ports: [{name: http, containerPort: 1}]}], "+running("web:1", "ports: [{name: http, containerPort: 2}]")),
			service("web", "selector: {app: web}, ports: [{port: 1, targetPort: http}]"))},
	})
}

func TestPortsOfNodes(t *testing.T) {
	web := func(replicas, spec, port string) string {
		text := pods("web", "app: web", spec+running("web:1", "ports: [{"+port+"}]"))
		return strings.Replace(text, "spec: {", "spec: {replicas: "+replicas+", ", 1)
	}
	check(t, &hostPort, []ruleCase{
		{name: "none", text: web("3", "", "containerPort: 80")},
		{name: "one replica", text: web("1", "", "containerPort: 80, hostPort: 80"), want: []string{"1: warning: container main: port 80 of the node"}},
		{name: "replicas", text: web("3", "", "containerPort: 80, hostPort: 80"), want: []string{"1: warning: container main: port 80 of the node, so one of the pods fits on a node"}},
		{name: "daemon set", text: podsOf("apps/v1", "DaemonSet", "web", "app: web", running("web:1", "ports: [{containerPort: 1, hostPort: 1}]")),
			want: []string{"1: warning: container main: port 1 of the node"}},
	})
	dns := func(spec string) string { return pods("web", "app: web", spec+", "+running("web:1", "")) }
	told := []string{"1: warning: hostNetwork with dnsPolicy ClusterFirst"}
	check(t, &hostNetworkDNS, []ruleCase{
		{name: "unset", text: dns("hostNetwork: true"), want: told},
		{name: "ClusterFirst", text: dns("hostNetwork: true, dnsPolicy: ClusterFirst"), want: told},
		{name: "Default", text: dns("hostNetwork: true, dnsPolicy: Default")},
		{name: "None", text: dns("hostNetwork: true, dnsPolicy: None")},
		{name: "own network", text: dns("hostNetwork: false")},
		{name: "windows", text: dns("hostNetwork: true, os: {name: windows}")},
	})
}

func TestLowPorts(t *testing.T) {
	ports := func(ports string) string { return pods("web", "app: web", running("web:1", "ports: ["+ports+"]")) }
	check(t, &sshPort, []ruleCase{
		{name: "tcp", text: ports("{containerPort: 22}"), want: []string{"1: info: container main: port 22"}},
		{name: "udp", text: ports("{containerPort: 22, protocol: UDP}")},
		{name: "other", text: ports("{containerPort: 2222}")},
	})
	check(t, &privilegedPort, []ruleCase{
		{name: "low", text: ports("{containerPort: 1023}, {containerPort: 1024}, {name: unset}"), want: []string{"1: info: container main: port 1023"}},
	})
	secured := func(pod, container string) string {
		return pods("web", "app: web", "securityContext: {"+pod+"}, "+running("web:1", "ports: [{containerPort: 8080}, {containerPort: 80}], securityContext: {"+container+"}"))
	}
	drop, told := "capabilities: {drop: [ALL]}", []string{"1: info: container main: port 80 without NET_BIND_SERVICE"}
	check(t, &lowPortUnbindable, []ruleCase{
		{name: "user of the pod", text: secured("runAsUser: 1000", drop), want: told},
		{name: "not root", text: secured("runAsNonRoot: true", drop), want: told},
		{name: "one capability", text: secured("runAsUser: 1000", "capabilities: {drop: [CAP_NET_BIND_SERVICE]}"), want: told},
		{name: "root", text: secured("runAsUser: 0", drop)},
		{name: "own root", text: secured("runAsNonRoot: true", "runAsUser: 0, "+drop)},
		{name: "unknown user", text: secured("", drop)},
		{name: "keeps capabilities", text: secured("runAsUser: 1000", "")},
		{name: "adds it", text: secured("runAsUser: 1000", "capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}")},
		{name: "sysctl", text: secured("runAsUser: 1000, sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '80'}]", drop)},
		{name: "sysctl with slashes", text: secured("runAsUser: 1000, sysctls: [{name: net/ipv4/ip_unprivileged_port_start, value: '0'}]", drop)},
		{name: "sysctl too high", text: secured("runAsUser: 1000, sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '81'}]", drop), want: told},
	})
}

func TestEnableServiceLinks(t *testing.T) {
	env := func(spec, env string) string {
		return pods("web", "app: web", spec+running("web:1", "env: [{"+env+"}]"))
	}
	redis := service("my-redis", "ports: [{port: 6379, name: re-dis}]")
	told := func(name string) []string {
		return []string{"1: info: container main: " + name + " is a variable of Service/my-redis too"}
	}
	cases := []ruleCase{
		{name: "off", text: lines(env("enableServiceLinks: false, ", "name: MY_REDIS_PORT, value: x"), redis)},
		{name: "headless", text: lines(env("", "name: MY_REDIS_PORT, value: x"), service("my-redis", "clusterIP: None"))},
		{name: "same value", text: lines(env("", "name: MY_REDIS_SERVICE_PORT, value: '6379'"), redis)},
		{name: "another namespace", text: lines(env("", "name: MY_REDIS_PORT, value: x"), "{apiVersion: v1, kind: Service, metadata: {name: my-redis, namespace: x}, spec: {ports: [{port: 1}]}}")},
	}
	for _, name := range []string{
		"MY_REDIS_PORT", "MY_REDIS_SERVICE_HOST", "MY_REDIS_SERVICE_PORT", "MY_REDIS_SERVICE_PORT_RE_DIS", "MY_REDIS_PORT_6379_TCP", "MY_REDIS_PORT_6379_TCP_ADDR", "MY_REDIS_PORT_6379_TCP_PORT",
	} {
		cases = append(cases, ruleCase{name: name, text: lines(env("", "name: "+name+", value: x"), redis), want: told(name)})
	}
	for _, name := range []string{"REDIS_PORT", "MY_REDIS", "MY_REDIS_SERVICE", "MY_REDIS_PORT_1_TCP", "MY_REDIS_PORT_6379_TCP_X", "MY_REDIS_PORTS"} {
		cases = append(cases, ruleCase{name: "not " + name, text: lines(env("", "name: "+name+", value: x"), redis)})
	}
	many := []string{pods("web", "app: web", running("web:1", ""))}
	for i := range 100 {
		many = append(many, service(fmt.Sprintf("s%d", i), "ports: [{port: 1}]"))
	}
	cases = append(cases, ruleCase{name: "many", text: lines(many...), want: []string{"1: info: enableServiceLinks is on beside 100 Services"}},
		ruleCase{name: "not too many", options: map[string]any{"max-services": 100}, text: lines(many...)})
	cases = append(cases, ruleCase{name: "too many, but headless", text: strings.ReplaceAll(lines(many...), "{ports: [", "{clusterIP: None, ports: [")})
	check(t, &enableServiceLinks, cases)
	checkAcross(t, &enableServiceLinks, Open, nil, []string{"a/web: info: container main: MY_REDIS_PORT is a variable of Service/my-redis too"},
		directory{"a", lines(env("", "name: MY_REDIS_PORT, value: x"), redis)}, directory{"b", redis})
	checkAcross(t, &enableServiceLinks, Open, nil, nil, directory{"a", lines(many[:60]...)}, directory{"b", lines(append(many[60:], many[0])...)})
	checkAcross(t, &envVarOrder, Open, nil, nil, directory{"a", lines(env("", "name: A, value: $(MY_REDIS_PORT)"), redis)}, directory{"b", redis})
}
