package validate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// claim is something that a Service asks for and no two of a cluster can have: a
// node port, or a cluster IP.
type claim struct {
	owner place
	value string // as the server compares it
	path  tree.Path
	pos   tree.Pos
}

// claims are what a Service asks for by itself.
func claims(n *tree.Node, owner place) (list []claim) {
	if owner.group != "" || owner.kind != "Service" {
		return nil
	}
	spec := n.Get("spec")
	seen := map[string]bool{}
	add := func(value *tree.Node, text string, at ...any) {
		if !seen[text] {
			seen[text] = true
			list = append(list, claim{owner, text, tree.P(at...), value.Pos})
		}
	}
	kind := textAt(spec, "type")
	if kind == "NodePort" || kind == "LoadBalancer" {
		for i, p := range entriesOf(spec.Get("ports")) {
			if port := p.Value.Get("nodePort"); isNumber(port) {
				add(port, strings.Clone(port.Text), "spec", "ports", i, "nodePort")
			}
		}
		if port := spec.Get("healthCheckNodePort"); isNumber(port) {
			add(port, strings.Clone(port.Text), "spec", "healthCheckNodePort")
		}
	}
	if kind == "ExternalName" {
		return list
	}
	addIP := func(ip *tree.Node, at ...any) {
		if !isText(ip) {
			return
		}
		if address, err := netip.ParseAddr(ip.Text); err == nil {
			add(ip, address.String(), at...)
		}
	}
	addIP(spec.Get("clusterIP"), "spec", "clusterIP")
	for i, ip := range entriesOf(spec.Get("clusterIPs")) {
		addIP(ip.Value, "spec", "clusterIPs", i)
	}
	return list
}

// entriesOf are the elements of a list; none of anything else.
func entriesOf(n *tree.Node) []tree.Field {
	if n == nil || n.Kind != tree.List {
		return nil
	}
	return n.Fields
}

func isNumber(n *tree.Node) bool { return n != nil && n.Kind == tree.Int && n.Text != "0" }

// addClaims takes what the Services of one input ask for, and reports what was
// asked for before. Services of different directories may be for different
// clusters: of two directories one finding tells.
func (x *index) addClaims(claims []claim) {
	for _, c := range claims {
		first, isSecond := x.claims[c.value]
		if !isSecond {
			x.claims[c.value] = c
			continue
		}
		dirs := [2]string{first.pos.Source.Dir, c.pos.Source.Dir}
		switch {
		case first.owner.identity == c.owner.identity && c.owner.name != "": // that is told
		case dirs[0] == dirs[1]:
			x.reportClaim(&c, &first, report.Error).Fix = "choose another, or leave it to the cluster"
		case !x.claimed[dirs]:
			x.claimed[dirs] = true
			x.reportClaim(&c, &first, report.Warning).Fix = "where both directories are meant for one cluster, choose another"
		}
	}
}

func (x *index) reportClaim(c, first *claim, severity report.Severity) *report.Finding {
	f := report.Finding{Pos: c.pos, Severity: severity, ID: Invalid, Path: c.path, Objects: []string{c.owner.kind + "/" + c.owner.name}, Field: c.path.String()}
	if _, err := netip.ParseAddr(c.value); err == nil {
		f.Field = "spec.clusterIPs"
		f.Message = fmt.Sprintf(`Invalid value: ["%s"]: failed to allocate IP %s: provided IP is already allocated`, c.value, c.value)
	} else {
		f.Message = fmt.Sprintf("Invalid value: %s: provided port is already allocated", c.value)
	}
	f.Message += fmt.Sprintf(", to Service/%s in %s", first.owner.name, first.pos)
	x.findings = append(x.findings, f)
	return &x.findings[len(x.findings)-1]
}
