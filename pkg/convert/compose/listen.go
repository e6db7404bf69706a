package compose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// variablePorts are the ports of the hosts in variables that name none: those that the
// nodes of a cluster reach each other at.
// https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-discovery-settings.html
var variablePorts = map[string]string{"discovery.seed_hosts": "9300"}

// nodeNames are the ends of variables that hold names of nodes, which only look like hosts.
// https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-discovery-settings.html
var nodeNames = []string{"initial_master_nodes", "initial_cluster_manager_nodes", "node.name"}

func namesNodes(variable string) bool {
	return slices.ContainsFunc(nodeNames, func(end string) bool { return strings.HasSuffix(variable, end) })
}

var (
	// ownAddress is an address of the container itself, with a port.
	ownAddress = lazy(`(?:\blocalhost|\b127\.0\.0\.1|\b0\.0\.0\.0|\[::1\])[: ](\d{2,5})\b`)
	// otherHost is how a program asks another host, of which nothing follows.
	otherHost = lazy(`\s(?:-h|-H|--host)[ =]?["']?([^\s"']+)`)
)

// checkers are programs that ask a server at its own port, unless they name another: their
// names as a command has them, and how they name it.
var checkers = []struct {
	program, option func() *regexp.Regexp
	port            uint32
}{
	{lazy(`\bpg_isready\b`), lazy(`\s(?:-p|--port)[ =]?(\d+)\b`), 5432},
	{lazy(`\b(mysqladmin|mariadb-admin)\b`), lazy(`\s(?:-P|--port)[ =]?(\d+)\b`), 3306},
	{lazy(`\bhealthcheck\.sh\b.*\s--(connect|innodb_initialized)\b`), nil, 3306}, // of MariaDB
	{lazy(`\b(redis-cli|valkey-cli)\b`), lazy(`\s-p ?(\d+)\b`), 6379},
	{lazy(`\bmongosh\b|(^|[;&|(]\s*|/bin/)mongo\s`), lazy(`\s--port[ =](\d+)\b`), 27017},
	{lazy(`\b(rabbitmq-diagnostics|rabbitmqctl)\b`), nil, 5672},
}

// healthPort is the port that the container listens on by its health check; 0 where that
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
		if c.option != nil {
			if m := c.option().FindStringSubmatch(line); m != nil {
				return portOf(m[1])
			}
		}
		return c.port
	}
	return 0
}

// commandPort is the port that what runs is told to listen on; 0 where it is told none.
func (s *service) commandPort() uint32 {
	m := portOption().FindStringSubmatch(strings.Join(slices.Concat(s.from.Entrypoint, s.from.Command), " "))
	if m == nil {
		return 0
	}
	return portOf(m[1])
}

// portOption is how a server is told its port.
var portOption = lazy(`(?:^|\s)(?:--port|-p)[= ](\d+)(?:\s|$)`)

// portOf is the number of a port, 0 for none.
func portOf(text string) uint32 {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0
	}
	return uint32(n)
}
