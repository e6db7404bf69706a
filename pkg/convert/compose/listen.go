package compose

import (
	"regexp"
	"strconv"
	"strings"
)

// variablePorts are the ports of the hosts in variables that name none: those that the
// nodes of a cluster reach each other at.
// https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-discovery-settings.html
var variablePorts = map[string]string{"discovery.seed_hosts": "9300"}

// namesNodes reports whether a variable holds names of nodes, which only look like hosts.
func namesNodes(variable string) bool {
	return strings.HasSuffix(variable, "initial_master_nodes") || strings.HasSuffix(variable, "initial_cluster_manager_nodes") || variable == "node.name"
}

var (
	// ownAddress is an address of the container itself, with a port.
	ownAddress = lazy(`(?:\blocalhost|\b127\.0\.0\.1|\b0\.0\.0\.0|\[::1\])[: ](\d{2,5})\b`)
	// checkers are programs that ask a server at its own port, unless they name another.
	checkers = []struct {
		program func() *regexp.Regexp
		port    uint32
	}{
		{lazy(`\bpg_isready\b`), 5432},
		{lazy(`\b(mysqladmin|mariadb-admin|healthcheck\.sh)\b`), 3306},
		{lazy(`\b(redis-cli|valkey-cli)\b`), 6379},
		{lazy(`\b(mongo|mongosh)\b`), 27017},
		{lazy(`\b(rabbitmq-diagnostics|rabbitmqctl)\b`), 5672},
	}
	// ownPort is how those name another.
	ownPort = lazy(`\s(?:-p|-P|--port)[ =]?(\d{2,5})\b`)
	// otherHost is how they ask another host, of which nothing follows.
	otherHost = lazy(`\s(?:-h|-H|--host)[ =]?["']?([^\s"']+)`)
)

// healthPort is the port that the health check asks the container itself at; 0 where it
// says none.
func (s *service) healthPort() uint32 {
	h := s.from.HealthCheck
	if h == nil || h.Disable || len(h.Test) < 2 {
		return 0
	}
	line := s.ownHost(s.expanded(strings.Join(h.Test[1:], " ")))
	if m := ownAddress().FindStringSubmatch(line); m != nil {
		return portOf(m[1])
	}
	for _, c := range checkers {
		if !c.program().MatchString(line) {
			continue
		}
		if m := otherHost().FindStringSubmatch(line); m != nil && m[1] != "localhost" && m[1] != "127.0.0.1" && !strings.HasPrefix(m[1], "/") {
			return 0
		}
		if m := ownPort().FindStringSubmatch(line); m != nil {
			return portOf(m[1])
		}
		return c.port
	}
	return 0
}

// portOf is the number of a port, 0 for none.
func portOf(text string) uint32 {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0
	}
	return uint32(n)
}
