package lint

import (
	"fmt"
	"testing"
)

// ingress is an Ingress in one line; annotations end in nothing, spec fields neither.
func ingress(name, annotations, spec string) string {
	return fmt.Sprintf("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: %s, annotations: {%s}}, spec: {%s}}", name, annotations, spec)
}

// host is a rule of an Ingress for one path of a host.
func host(name, path, service string) string {
	return fmt.Sprintf("{host: %q, http: {paths: [{path: %s, pathType: Prefix, backend: {service: {name: %s, port: {number: 80}}}}]}}", name, path, service)
}

func TestDanglingIngress(t *testing.T) {
	web := service("web", "ports: [{name: http, port: 80}, {port: 443}]")
	to := func(backend string) string { return ingress("web", "", "defaultBackend: {"+backend+"}") }
	check(t, &danglingIngress, []ruleCase{
		{name: "number", text: lines(to("service: {name: web, port: {number: 443}}"), web)},
		{name: "name", text: lines(to("service: {name: web, port: {name: http}}"), web)},
		{name: "other name", text: lines(to("service: {name: web, port: {name: web}}"), web), want: []string{"1: error: Service web has no port web, only http 80, 443"}},
		{name: "no Service", text: to("service: {name: web, port: {number: 80}}"), want: []string{"1: warning: there is no Service web"}},
		{name: "no Service, closed", world: Closed, text: to("service: {name: web, port: {number: 80}}"), want: []string{"1: error: there is no Service web"}},
		{name: "no Service, partial", world: Partial, text: to("service: {name: web, port: {number: 80}}")},
		{name: "resource", text: to("resource: {apiGroup: k8s.example.com, kind: Bucket, name: static}")},
		{name: "action", text: to("service: {name: redirect, port: {name: use-annotation}}")},
		{name: "solver", text: to("service: {name: cm-acme-http-solver-x7, port: {number: 8089}}")},
		{name: "rule without http", text: ingress("web", "", "rules: [{host: a.example.com}]")},
		{name: "another namespace", text: lines(to("service: {name: web, port: {number: 80}}"), "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}"),
			want: []string{"1: warning: there is no Service web"}},
		{name: "ports that cannot be read", text: lines(to("service: {name: web, port: {number: 80}}"), service("web", "ports: [{port: http}]"))},
		{name: "ExternalName", text: lines(to("service: {name: web, port: {number: 80}}"), service("web", "type: ExternalName, externalName: a.b"))},
		{name: "old form", text: "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: web}, spec: {backend: {serviceName: x, servicePort: 80}}}", want: []string{"1: warning: there is no Service x"}},
	})
	checkAcross(t, &danglingIngress, Closed, []External{{Kind: "Service", Name: "legacy-*"}}, nil,
		directory{"a", to("service: {name: legacy-web, port: {number: 80}}")})
}

func TestIngressHostConflict(t *testing.T) {
	a := func(annotations, spec string) string { return ingress("a", annotations, spec) }
	b := func(annotations, spec string) string { return ingress("b", annotations, spec) }
	x := "rules: [" + host("x.example.com", "/", "x") + "]"
	y := "rules: [" + host("x.example.com", "/", "y") + "]"
	shop := "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: b, namespace: shop}, spec: {"
	check(t, &ingressHostConflict, []ruleCase{
		{name: "other backend", text: lines(a("", x), b("", y)), want: []string{"3: error: x.example.com/ is claimed by Ingress/a as well"}},
		{name: "same backend", text: lines(a("", x), b("", x)), want: []string{"3: warning: x.example.com/ is claimed by Ingress/a as well, for the same Service"}},
		{name: "same backend of another controller", text: lines(a("", "ingressClassName: traefik, "+x), b("", "ingressClassName: traefik, "+x)),
			want: []string{"3: info: x.example.com/ is claimed by Ingress/a as well, for the same Service"}},
		{name: "other path", text: lines(a("", x), b("", "rules: ["+host("x.example.com", "/y", "y")+"]"))},
		{name: "other class", text: lines(a("", x), b("", "ingressClassName: internal, "+y))},
		{name: "class by annotation", text: lines(a("kubernetes.io/ingress.class: nginx", x), b("", "ingressClassName: nginx, "+y)),
			want: []string{"3: error: x.example.com/ is claimed by Ingress/a as well"}},
		{name: "canary", text: lines(a("", x), b("nginx.ingress.kubernetes.io/canary: 'true'", y))},
		{name: "other load balancer", text: lines(a("alb.ingress.kubernetes.io/scheme: internal", x), b("alb.ingress.kubernetes.io/scheme: internet-facing", y))},
		{name: "no host", text: lines(a("", "rules: ["+host("", "/", "x")+"]"), b("", "rules: ["+host("", "/", "y")+"]"))},
		{name: "another namespace", text: lines(a("", x), shop+y+"}}"), want: []string{"3: error: x.example.com/ is claimed by Ingress/a of namespace default as well"}},
		{name: "another namespace with the same names", text: lines(a("", x), shop+x+"}}"), want: []string{"3: error: x.example.com/ is claimed by Ingress/a of namespace default as well"}},
		{name: "another path in another namespace", text: lines(a("", x), shop+"rules: ["+host("x.example.com", "/y", "y")+", "+host("x.example.com", "/z", "z")+"]}}"),
			want: []string{"3: warning: host x.example.com is that of Ingress/a of namespace default as well"}},
	})
	checkAcross(t, &ingressHostConflict, Open, nil, nil, directory{"dev", a("", x)}, directory{"prod", a("", y)})
}

func TestIngressTLS(t *testing.T) {
	rules := "rules: [" + host("shop.example.com", "/", "web") + "]"
	check(t, &ingressTLSMissing, []ruleCase{
		{name: "none", text: ingress("a", "", rules), want: []string{"1: info: no spec.tls"}},
		{name: "certificate of a load balancer", text: ingress("a", "alb.ingress.kubernetes.io/certificate-arn: x", rules)},
		{name: "discovered certificate", text: ingress("a", `alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]'`, rules)},
		{name: "plain load balancer", text: ingress("a", `alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80}]'`, rules), want: []string{"1: info: no spec.tls"}},
		{name: "router", text: ingress("a", "traefik.ingress.kubernetes.io/router.tls: 'true'", rules)},
		{name: "tunnel", text: ingress("a", "", "ingressClassName: cloudflare-tunnel, "+rules)},
		{name: "canary", text: ingress("a", "nginx.ingress.kubernetes.io/canary: 'true'", rules)},
	})
	tls := "tls: [{hosts: [shop.example.com], secretName: shop}], " + rules
	secret := func(kind, data string) string {
		return "{apiVersion: v1, kind: Secret, metadata: {name: shop}, type: " + kind + ", stringData: {" + data + "}}"
	}
	check(t, &ingressTLSSecretMissing, []ruleCase{
		{name: "missing", text: ingress("a", "", tls), want: []string{"1: warning: there is no Secret shop"}},
		{name: "missing, partial", world: Partial, text: ingress("a", "", tls)},
		{name: "default certificate", text: ingress("a", "", "tls: [{hosts: [a.example.com]}]")},
		{name: "another namespace's", text: ingress("a", "", "tls: [{secretName: certificates/shop}]")},
		{name: "issuer", text: ingress("a", "kubernetes.io/tls-acme: 'true'", tls)},
		{name: "Certificate", text: lines(ingress("a", "", tls), object("cert-manager.io/v1", "Certificate", "x", "spec: {secretName: shop}"))},
		{name: "sealed", text: lines(ingress("a", "", tls), object("bitnami.com/v1alpha1", "SealedSecret", "shop", "spec: {}"))},
		{name: "Secret", text: lines(ingress("a", "", tls), secret("kubernetes.io/tls", "tls.crt: a, tls.key: b"))},
		{name: "other type", text: lines(ingress("a", "", tls), secret("Opaque", "tls.crt: a, tls.key: b")), want: []string{"1: info: Secret shop is not of type kubernetes.io/tls"}},
		{name: "no key", text: lines(ingress("a", "", tls), secret("Opaque", "tls.crt: a")), want: []string{"1: warning: Secret shop has no tls.key"}},
		{name: "key that cannot be read", text: lines(ingress("a", "", tls), secret("kubernetes.io/tls", "tls.crt: a, tls.key: 5"))},
	})
}

func TestIngressTLSHostMismatch(t *testing.T) {
	with := func(annotations, hosts string, rules ...string) string {
		text := ""
		for _, rule := range rules {
			text += rule + ", "
		}
		return ingress("a", annotations, "tls: [{hosts: ["+hosts+"]}], rules: ["+text+"]")
	}
	a, b := host("a.example.com", "/", "a"), host("b.example.com", "/", "b")
	check(t, &ingressTLSHostMismatch, []ruleCase{
		{name: "covered", text: with("", "a.example.com, b.example.com", a, b)},
		{name: "letters", text: with("", "A.example.com", a)},
		{name: "wildcard", text: with("", "'*.example.com'", a, b)},
		{name: "wildcard rule", text: with("", "a.example.com, '*.example.com'", host("*.example.com", "/", "a"))},
		{name: "one level", text: with("", "'*.example.com'", host("x.a.example.com", "/", "a")),
			want: []string{"1: warning: host x.a.example.com is in no entry of spec.tls", "1: warning: no rule has the host *.example.com"}},
		{name: "not covered", text: with("", "a.example.com", a, b), want: []string{"1: warning: host b.example.com is in no entry of spec.tls"}},
		{name: "not served", text: with("", "a.example.com, b.example.com", a), want: []string{"1: warning: no rule has the host b.example.com"}},
		{name: "rule without host", text: with("", "a.example.com", host("", "/", "a"))},
		{name: "entry without hosts", text: with("", "", a)},
		{name: "no rules", text: with("", "a.example.com")},
		{name: "no tls", text: ingress("a", "", "rules: ["+a+"]")},
		{name: "alias", text: with("nginx.ingress.kubernetes.io/server-alias: 'x.example.com, b.example.com'", "a.example.com, b.example.com", a)},
		{name: "www", text: with("nginx.ingress.kubernetes.io/from-to-www-redirect: 'true'", "a.example.com, www.a.example.com", a)},
	})
}

func TestIngressNoClass(t *testing.T) {
	class := func(isDefault string) string {
		return "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: '" + isDefault + "'}}}"
	}
	check(t, &ingressNoClass, []ruleCase{
		{name: "none", text: ingress("a", "", ""), want: []string{"1: info: no spec.ingressClassName"}},
		{name: "annotation", text: ingress("a", "kubernetes.io/ingress.class: nginx", "")},
		{name: "both", text: ingress("a", "kubernetes.io/ingress.class: nginx", "ingressClassName: nginx"), want: []string{"1: info: class nginx is in spec.ingressClassName too"}},
		{name: "different", text: ingress("a", "kubernetes.io/ingress.class: nginx", "ingressClassName: traefik"),
			want: []string{"1: error: class nginx, but spec.ingressClassName is traefik"}},
		{name: "default class", text: lines(ingress("a", "", ""), class("true"))},
		{name: "no default class", text: lines(ingress("a", "", ""), class("false")), want: []string{"1: info: no spec.ingressClassName"}},
	})
}

func TestCoversHost(t *testing.T) {
	for _, c := range []struct {
		pattern, host string
		want          bool
	}{
		{"a.example.com", "a.example.com", true}, {"*.example.com", "a.example.com", true}, {"*.example.com", "a.b.example.com", false},
		{"*.example.com", "example.com", false}, {"*.example.com", ".example.com", false}, {"*", "com", false}, {"a.example.com", "b.example.com", false},
	} {
		if got := coversHost(c.pattern, c.host); got != c.want {
			t.Errorf("coversHost(%q, %q) = %v", c.pattern, c.host, got)
		}
	}
}
