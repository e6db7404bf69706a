package check

import (
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/cron"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// goesByUse reports whether a trigger goes by what the pods use, which says nothing
// while there is none.
func goesByUse(t *schema.KedaTrigger) bool { return t.Type == "cpu" || t.Type == "memory" }

func kedaTrigger(s *schema.Service, t *schema.KedaTrigger, at tree.Path, sink *report.Sink) {
	switch {
	case goesByUse(t):
		useTrigger(s, t, at, sink)
	case t.MetricType == "Utilization":
		sink.Errorf(schema.InvalidValue, at.With("metricType"), "only cpu and memory have a utilization").Fix = "take AverageValue or Value"
	case t.Type == "cron":
		cronTrigger(s, t, at.With("metadata"), sink)
	case !slices.Contains(kedaScalers, t.Type) && suggest.Nearest(t.Type, kedaScalers) != "":
		sink.Errorf(schema.InvalidValue, at.With("type"), "KEDA has no scaler %q%s", t.Type, suggest.Hint(t.Type, kedaScalers))
	}
	if t.UseCachedMetrics && (goesByUse(t) || t.Type == "cron") {
		sink.Errorf(schema.InvalidValue, at.With("useCachedMetrics"), "KEDA keeps no value of %s", t.Type).Fix = "remove it"
	}
	triggerSettings(s, t, at.With("metadata"), sink)
	if ref, own := t.AuthenticationRef, s.Autoscaling.Keda.Authentications; ref != nil && ref.Kind != "ClusterTriggerAuthentication" && !own.Has(ref.Name) {
		if hint := suggest.Hint(ref.Name, namesOf(own)); hint != "" {
			sink.Errorf(schema.UnknownReference, at.With("authenticationRef", "name"), "the service has no authentication %q%s", ref.Name, hint)
		}
	}
}

// useTrigger: KEDA wants the request even for an amount, as it does no limit.
func useTrigger(s *schema.Service, t *schema.KedaTrigger, at tree.Path, sink *report.Sink) {
	value, container := t.Metadata.Get("value"), t.Metadata.Get("containerName")
	switch {
	case value == nil:
		sink.KeyErrorf(schema.MissingField, at.With("metadata"), "what to aim at is not said").Fix = `add value, as in value: 70`
		return
	case t.MetricType == "Utilization":
		if _, isNumber := triggerPercent(t); !isNumber {
			sink.Errorf(schema.InvalidValue, at.With("metadata", "value"), "a utilization is a number of percent, as in 70")
			return
		}
	case t.MetricType == "AverageValue":
		if _, err := resource.ParseQuantity(*value); err != nil {
			sink.Errorf(schema.InvalidValue, at.With("metadata", "value"), "an average value is an amount, as in %s", exampleRequest(t.Type))
			return
		}
	default:
		sink.KeyErrorf(schema.MissingField, at.With("metricType"), "%s is a share or an amount: which is not said", t.Type).
			Fix = "add metricType: Utilization for percent of the request, or AverageValue"
		return
	}
	if container != nil {
		kedaContainer(s, *container, at.With("metadata", "containerName"), sink)
	}
	percent, isPercent := triggerPercent(t)
	for c := range s.PodContainers() {
		if !c.Runs() || container != nil && c.Name != *container || hasAmount(c.Resources, t.Type) {
			continue
		}
		if isPercent {
			noRequest(&c, sink, t.Type, percent, at.With("metadata", "value")...)
			continue
		}
		sink.Errorf(schema.UtilizationRequest, at, "KEDA wants a %s request for it", t.Type).
			Fix = "add " + inside(&c) + "resources: requests: " + t.Type + `: "` + exampleRequest(t.Type) + `"`
	}
}

// cronTrigger: row 22 for the times of a trigger.
func cronTrigger(s *schema.Service, t *schema.KedaTrigger, at tree.Path, sink *report.Sink) {
	var missing []string
	for _, name := range []string{"timezone", "start", "end", "desiredReplicas"} {
		value := t.Metadata.Get(name)
		switch {
		case value == nil:
			missing = append(missing, name)
		case name == "timezone":
			if !cron.IsZone(*value) {
				sink.Errorf(schema.BadJob, at.With(name), "there is no time zone %q", *value).Fix = `write it as in "Europe/Berlin"`
			}
		case name == "desiredReplicas":
			n, err := strconv.ParseInt(*value, 10, 32)
			switch most := int64(s.Autoscaling.MaxReplicas); {
			case err != nil || n < 1:
				sink.Errorf(schema.InvalidValue, at.With(name), "desiredReplicas is a number from 1 on")
			case most > 0 && n > most:
				sink.Errorf(schema.ReplicaBounds, at.With(name), "desiredReplicas %d is above maxReplicas %d", n, most).Fix = "lower it, or raise maxReplicas"
			}
		default:
			if _, err := cron.Parse(*value); err != nil {
				sink.Errorf(schema.BadJob, at.With(name), "%q: %s", *value, err)
			}
		}
	}
	if missing != nil {
		sink.KeyErrorf(schema.MissingField, at, "a trigger of type cron needs %s", strings.Join(missing, ", "))
	}
	if start, end := t.Metadata.Get("start"), t.Metadata.Get("end"); start != nil && end != nil && *start == *end {
		sink.Errorf(schema.BadJob, at.With("end"), "it is the same time as start")
	}
}

// triggerSettings: row 10, and row 24 for variables.
func triggerSettings(s *schema.Service, t *schema.KedaTrigger, at tree.Path, sink *report.Sink) {
	for i := range t.Metadata {
		key, value := t.Metadata[i].Key, t.Metadata[i].Value
		if strings.HasSuffix(key, "FromEnv") {
			triggerVariable(s, value, at.With(key), sink)
			continue
		}
		if slices.Contains(s.AllowLiteral, key) {
			continue
		}
		if sign := secrets.In(key, value); sign != secrets.None {
			sink.Errorf(schema.LiteralSecret, at.With(key), "%s", told(sign)).
				Fix = key + "FromEnv: \"NAME\" takes it from a variable of the container, authenticationRef from a TriggerAuthentication" + declineLiteral(key)
		}
	}
}

// triggerVariable: row 24 for a variable that a trigger takes from a container. What
// envFrom brings is not known.
func triggerVariable(s *schema.Service, name string, at tree.Path, sink *report.Sink) {
	c, ok := s.PodContainer(s.Autoscaling.Keda.EnvContainer(s))
	if !ok || c.Env.Has(name) || len(c.EnvFrom) > 0 {
		return
	}
	sink.Errorf(schema.UnknownReference, at, "the container has no variable %q%s", name, suggest.Hint(name, namesOf(c.Env))).
		Fix = "add it under env"
}

// kedaScalers are those of KEDA 2.21: pkg/scaling/scalers_builder.go. A later one has
// more, so that only what looks like one of them is refused.
var kedaScalers = []string{
	"activemq", "apache-kafka", "arangodb", "artemis-queue", "aws-cloudwatch", "aws-dynamodb", "aws-dynamodb-streams", "aws-kinesis-stream",
	"aws-sqs-queue", "azure-app-insights", "azure-blob", "azure-cosmosdb", "azure-data-explorer", "azure-eventhub", "azure-log-analytics",
	"azure-monitor", "azure-pipelines", "azure-queue", "azure-servicebus", "beanstalkd", "cassandra", "clickhouse", "couchdb", "cpu", "cron",
	"datadog", "dynatrace", "elastic-forecast", "elasticsearch", "etcd", "external", "external-push", "forgejo-runner", "gcp-cloudtasks",
	"gcp-pubsub", "gcp-spanner", "gcp-stackdriver", "gcp-storage", "github-runner", "graphite", "huawei-cloudeye", "ibmmq", "influxdb", "kafka",
	"kubernetes-resource", "kubernetes-workload", "liiklus", "loki", "memory", "metrics-api", "mongodb", "mssql", "mysql", "nats-jetstream",
	"new-relic", "nsq", "opensearch", "openstack-metric", "openstack-swift", "postgresql", "predictkube", "prometheus", "pulsar", "rabbitmq",
	"redis", "redis-cluster", "redis-cluster-streams", "redis-sentinel", "redis-sentinel-streams", "redis-streams", "selenium-grid",
	"solace-direct-messaging", "solace-event-queue", "solarwinds", "solr", "splunk", "splunk-observability", "sumologic", "temporal",
}
