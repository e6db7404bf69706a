package main

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/schema"
)

// becomesText says where the value of each field stands in Kubernetes: a line has
// the number of the document, the path of the field, the path in the object, empty of
// the object as a whole, and the kinds. A test makes it from the examples and the
// origins of the templates.
//
//go:embed zz_becomes.txt
var becomesText string

// mostPlaces is how many lines are printed about where a value stands, and how many
// kinds in one.
const mostPlaces = 6

// A place is where in Kubernetes the value of a field stands.
type place struct {
	path  string // empty is the object as a whole
	kinds []string
}

// becomes are the places of Kubernetes where the value of f stands, one a line:
// "Deployment, Service metadata.namespace".
func becomes(f schema.Field) []string {
	for _, path := range []string{f.Path, f.Path + ".*"} {
		if places := placesOf(f.Document, path); len(places) > 0 {
			return placeLines(places, "")
		}
	}
	// Below a type of Kubernetes' own the names are the same.
	for path := f.Path; f.IsBelowKubernetes(); {
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			break
		}
		path = path[:i]
		if places := placesOf(f.Document, path); len(places) > 0 {
			return placeLines(places, strings.ReplaceAll(f.Path[len(path):], ".*", "[]"))
		}
	}
	return nil
}

// placesOf are the places that the text has for a field. Where a whole object is
// there for the field, what the field says in it is left out.
func placesOf(document schema.Document, field string) (places []place) {
	prefix := strconv.Itoa(int(document)) + "\t" + field + "\t"
	var whole []string
	for line := range strings.Lines(becomesText) {
		rest, ok := strings.CutPrefix(line, prefix)
		if !ok {
			continue
		}
		path, names, _ := strings.Cut(strings.TrimSpace(rest), "\t")
		if strings.HasPrefix(rest, "\t") {
			path, names = "", path
		}
		kinds := strings.Split(names, ", ")
		if path == "" {
			whole = kinds
		} else {
			kinds = slices.DeleteFunc(kinds, func(kind string) bool { return slices.Contains(whole, kind) })
		}
		if len(kinds) > 0 {
			places = append(places, place{path, kinds})
		}
	}
	return places
}

// placeLines prints places, with below behind each path.
func placeLines(places []place, below string) (lines []string) {
	for _, p := range places {
		kinds := p.kinds
		if more := len(kinds) - mostPlaces; more > 1 {
			kinds = append(slices.Clone(kinds[:mostPlaces]), strconv.Itoa(more)+" kinds more")
		}
		lines = append(lines, strings.TrimSpace(strings.Join(kinds, ", ")+" "+p.path+below))
	}
	if more := len(lines) - mostPlaces; more > 1 {
		lines = append(lines[:mostPlaces], "and "+strconv.Itoa(more)+" places more")
	}
	return lines
}

// refusedFields are the fields that a refusal is about; a field below is too.
var refusedFields = []struct {
	id    string
	paths []string
}{
	{schema.ReplicaBounds, []string{"autoscaling.minReplicas", "autoscaling.maxReplicas"}},
	{schema.ReplicasTwice, []string{"replicas", "autoscaling"}},
	{schema.UtilizationRequest, []string{"autoscaling.cpu", "autoscaling.memory", "resources.requests"}},
	{schema.RolloutStuck, []string{"strategy"}},
	{schema.SharedClaim, []string{"volumes.*.accessModes", "volumes.*.claim"}},
	{schema.UnknownPort, []string{"ingress.hosts.*.*.port", "probes.*.*.port", "extraServices.*.ports.*.targetPort"}},
	{schema.DuplicateRoute, []string{"ingress.hosts"}},
	{schema.EnvReference, []string{"env.*.value"}},
	{schema.LiteralSecret, []string{"env.*.value", "configMaps.*.data", "files.*.content", "allowLiteral"}},
	{schema.RequestOverLimit, []string{"resources.requests", "resources.limits"}},
	{schema.BlockedDisruption, []string{"podDisruptionBudget"}},
	{schema.BadProbe, []string{"probes"}},
	{schema.PreStopGrace, []string{"lifecycle.preStop", "terminationGracePeriodSeconds"}},
	{schema.BadPort, []string{"ports"}},
	{schema.BadNodePort, []string{"ports.*.nodePort", "extraServices.*.ports.*.nodePort"}},
	{schema.BadMount, []string{"volumes.*.mounts", "volumes.*.mountPath", "files", "writable"}},
	{schema.BadName, []string{"name"}},
	{schema.MutableImage, []string{"image.tag", "image.digest", "image.mutable"}},
	{schema.PodSecurity, []string{"securityPreset", "securityContext", "podSecurityContext", "hostNetwork", "hostPID", "hostIPC"}},
	{schema.UnknownReference, []string{"env.*.secret", "env.*.configMap", "envFrom", "networkPolicy.from", "networkPolicy.to"}},
	{schema.DuplicateObject, []string{"selector", "objects"}},
	{schema.MatchesNothing, []string{"environments", "patches"}},
	{schema.BadIngress, []string{"ingress.tls.hosts", "ingress.hosts"}},
	{schema.Undeclined, []string{"resources", "probes.readiness"}},
	{schema.MissingSecretValue, []string{"secrets.*.data.*.env", "secrets.*.data.*.file"}},
	{schema.BadPatch, []string{"patches"}},
	{schema.BadManifest, []string{"objects"}},
}

// refusalsOf are the ids of what kgen refuses about a field of a service.
func refusalsOf(f schema.Field) (ids []string) {
	if f.Document != schema.ServiceDocument {
		return nil
	}
	for _, r := range refusedFields {
		if slices.ContainsFunc(r.paths, func(path string) bool { return schema.Matches(path, f.Path) }) {
			ids = append(ids, r.id)
		}
	}
	return ids
}
