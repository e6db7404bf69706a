package compose

import (
	"fmt"
	"math"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/schema"
)

// convertPod takes what is about the pod: names of hosts, how it ends, annotations, its
// network.
func (s *service) convertPod() {
	pod := &corev1.PodSecurityContext{}
	if s.to.PodSecurityContext != nil { // of ports under 1024
		pod = s.to.PodSecurityContext
	}
	s.convertSysctls(pod)
	s.convertGroups(pod)
	pod.FSGroup = s.fileGroup
	if len(pod.Sysctls)+len(pod.SupplementalGroups) > 0 || pod.FSGroup != nil {
		s.to.PodSecurityContext = pod
	}
	s.convertHosts()
	s.convertDNS()
	s.convertEnd()
	s.convertHooks()
	if len(s.from.Annotations) > 0 {
		s.addAnnotations(types.Labels(s.from.Annotations), &s.to.PodAnnotations, "podAnnotations", "annotations")
	}
	if len(s.from.Labels) > 0 {
		s.addAnnotations(s.from.Labels, &s.to.PodAnnotations, "podAnnotations", "labels")
	}
	s.convertNetworkMode()
}

// convertNetworkMode takes whose network the service is in: every pod has its own, but for
// those of the host.
func (s *service) convertNetworkMode() {
	switch mode := s.from.NetworkMode; {
	case mode == "host":
		s.to.HostNetwork, s.to.SecurityPreset = ptr(true), noPreset
		s.to.DNSPolicy = string(corev1.DNSClusterFirstWithHostNet)
		s.kept("hostNetwork", "network_mode")
	case mode == "none":
		s.to.NetworkPolicy = &schema.NetworkPolicy{From: &[]string{}, To: &[]string{}}
		s.changed("networkPolicy", "nobody reaches it, and it reaches DNS alone", "network_mode")
	case strings.HasPrefix(mode, "service:"), strings.HasPrefix(mode, "container:"):
		kind, other, _ := strings.Cut(mode, ":")
		if kind == "service" && !s.exists(other) {
			s.refused(fmt.Sprintf("there is no service %q", other), "network_mode")
			break
		}
		s.asked("sidecars", "it shares the network of "+other+": write it as a sidecar there", "network_mode")
	case mode == "bridge":
		s.kept("", "network_mode")
	case mode != "":
		s.dropped("every pod has a network of its own", "network_mode")
	}
}

// addAnnotations takes labels and annotations, which may be anything in compose.
func (s *service) addAnnotations(labels types.Labels, to *schema.Map[schema.Text], field string, at ...any) {
	isFirst := len(*to) == 0
	for _, key := range sortedKeys(labels) {
		place := append(append([]any{}, at...), key)
		switch {
		case strings.HasPrefix(key, traefik) && s.told[s.at(place...).String()] != "":
		case strings.HasPrefix(key, traefik):
			s.dropped("it configures Traefik through Docker: here that is ingress, or httpRoutes", place...)
		case !names.AnnotationKey.Fits(key):
			s.dropped("no name of an annotation", place...)
		case len(secrets.Under(key, labels[key])) > 0, len(s.knownIn(labels[key])) > 0:
			s.dropped("it looks like a secret, and everybody who sees the pod sees its annotations", place...)
		default:
			if text := (schema.Text{Value: labels[key]}); isFirst {
				*to = append(*to, schema.Entry[schema.Text]{Key: key, Value: text}) // there may be very many
			} else {
				put(to, key, text)
			}
			s.kept(field+"."+key, place...)
		}
	}
}

// convertHosts takes extra_hosts.
func (s *service) convertHosts() {
	for _, host := range sortedKeys(s.from.ExtraHosts) {
		for _, address := range s.from.ExtraHosts[host] {
			if address == "host-gateway" {
				s.dropped("a pod has no machine that it belongs to", "extra_hosts", host)
				continue
			}
			if net.ParseIP(address) == nil {
				s.refused(fmt.Sprintf("%q is no address: Kubernetes takes numbers alone", address), "extra_hosts", host)
				continue
			}
			s.addHost(address, host)
			s.kept("hostAliases", "extra_hosts", host)
		}
	}
}

func (s *service) addHost(address, host string) {
	for i := range s.to.HostAliases {
		if s.to.HostAliases[i].IP == address {
			s.to.HostAliases[i].Hostnames = append(s.to.HostAliases[i].Hostnames, host)
			return
		}
	}
	s.to.HostAliases = append(s.to.HostAliases, corev1.HostAlias{IP: address, Hostnames: []string{host}})
}

// mostNameservers is how many a dnsConfig may have beside that of the cluster.
const mostNameservers = 2

// convertDNS takes name servers beside those of the cluster.
func (s *service) convertDNS() {
	if len(s.from.DNS)+len(s.from.DNSSearch)+len(s.from.DNSOpts) == 0 {
		return
	}
	config := &corev1.PodDNSConfig{Searches: s.from.DNSSearch}
	for i, address := range s.from.DNS {
		switch {
		case net.ParseIP(address) == nil:
			s.refused("no address of a name server", "dns", i)
		case len(config.Nameservers) == mostNameservers:
			s.dropped("a pod asks three name servers at most, the cluster's among them", "dns", i)
		default:
			config.Nameservers = append(config.Nameservers, address)
		}
	}
	if len(config.Nameservers) > 0 {
		s.changed("dnsConfig.nameservers", "asked after those of the cluster, which know the other services", "dns")
	}
	if len(s.from.DNSSearch) > 0 {
		s.kept("dnsConfig.searches", "dns_search")
	}
	for i, text := range s.from.DNSOpts {
		name, value, hasValue := strings.Cut(text, ":")
		option := corev1.PodDNSConfigOption{Name: name}
		if hasValue {
			option.Value = &value
		}
		config.Options = append(config.Options, option)
		s.kept("dnsConfig.options", "dns_opt", i)
	}
	s.to.DNSConfig = config
}

// convertEnd takes how long it may take to end, and by what signal.
func (s *service) convertEnd() {
	if d := s.from.StopGracePeriod; d != nil && *d < 0 {
		s.refused("a time cannot be less than nothing", "stop_grace_period")
	} else if d != nil {
		s.to.TerminationGracePeriodSeconds = ptr(int64(math.Ceil(time.Duration(*d).Seconds())))
		s.kept("terminationGracePeriodSeconds", "stop_grace_period")
	}
	switch signal := s.from.StopSignal; strings.TrimPrefix(signal, "SIG") {
	case "":
	case "TERM", "15":
		s.kept("", "stop_signal")
	default:
		s.dropped("a container gets the signal that its image names, else SIGTERM: name it in the image", "stop_signal")
	}
}

// convertHooks takes commands that run after the start and before the end.
func (s *service) convertHooks() {
	for _, hook := range []struct {
		key  string
		list []types.ServiceHook
		set  func(*corev1.Lifecycle, *corev1.LifecycleHandler)
	}{
		{"post_start", s.from.PostStart, func(l *corev1.Lifecycle, h *corev1.LifecycleHandler) { l.PostStart = h }},
		{"pre_stop", s.from.PreStop, func(l *corev1.Lifecycle, h *corev1.LifecycleHandler) { l.PreStop = h }},
	} {
		for i, h := range hook.list {
			if i > 0 || h.User != "" || h.Privileged || h.WorkingDir != "" || len(h.Environment) > 0 {
				s.dropped("Kubernetes runs one command there, as the container runs", hook.key, i)
				continue
			}
			if s.to.Lifecycle == nil {
				s.to.Lifecycle = &corev1.Lifecycle{}
			}
			words := s.probeWords(slices.Clone([]string(h.Command)), "lifecycle", s.at(hook.key, i))
			hook.set(s.to.Lifecycle, &corev1.LifecycleHandler{Exec: &corev1.ExecAction{Command: words}})
			if slices.Equal(words, h.Command) {
				s.kept("lifecycle", hook.key, i)
			} else {
				s.changed("lifecycle", "secrets in it come from variables, and hosts have the names that they have here", hook.key, i)
			}
		}
	}
}

// convertRest says of what compose itself has done with the service already.
func (s *service) convertRest() {
	if len(s.from.Profiles) > 0 {
		s.kept("", "profiles")
	}
	if s.has("extends") {
		s.kept("", "extends")
	}
}
