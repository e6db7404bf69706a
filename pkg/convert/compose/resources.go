package compose

import (
	"math"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/schema"
)

// convertResources takes what the container asks for and may use. A limit without a
// request is one too, as the API server has it.
func (s *service) convertResources() {
	requests, limits := schema.Map[schema.Text]{}, schema.Map[schema.Text]{}
	set := func(m *schema.Map[schema.Text], name, quantity string, at ...any) {
		put(m, name, schema.Text{Value: quantity})
		s.kept("resources", at...)
	}
	if s.isAmount(float64(s.from.CPUS), "cpus") {
		set(&limits, "cpu", cpus(float64(s.from.CPUS)), "cpus")
	}
	if s.isAmount(float64(s.from.MemLimit), "mem_limit") {
		set(&limits, "memory", memory(s.from.MemLimit), "mem_limit")
	}
	if s.isAmount(float64(s.from.MemReservation), "mem_reservation") {
		set(&requests, "memory", memory(s.from.MemReservation), "mem_reservation")
	}
	if d := s.from.Deploy; d != nil {
		for _, side := range []struct {
			key string
			*types.Resource
			to *schema.Map[schema.Text]
		}{{"limits", d.Resources.Limits, &limits}, {"reservations", d.Resources.Reservations, &requests}} {
			if side.Resource == nil {
				continue
			}
			if s.isAmount(float64(side.NanoCPUs), "deploy", "resources", side.key, "cpus") {
				set(side.to, "cpu", cpus(float64(side.NanoCPUs)), "deploy", "resources", side.key, "cpus")
			}
			if s.isAmount(float64(side.MemoryBytes), "deploy", "resources", side.key, "memory") {
				set(side.to, "memory", memory(side.MemoryBytes), "deploy", "resources", side.key, "memory")
			}
			s.convertDevices(side.Devices, &limits, "deploy", "resources", side.key, "devices")
		}
	}
	s.convertDevices(s.from.Gpus, &limits, "gpus")
	for _, limit := range limits {
		if !requests.Has(limit.Key) && !strings.Contains(limit.Key, "/") {
			requests = append(requests, limit)
		}
	}
	if len(requests) == 0 && len(limits) == 0 {
		s.to.Resources = &schema.Resources{Declined: true}
		s.owed("resources", "no file says what it needs: the scheduler knows nothing of it; write resources: requests")
		return
	}
	for _, name := range []string{"cpu", "memory"} {
		if !requests.Has(name) {
			put(&requests, name, schema.Text{Declined: true})
			s.owed("resources.requests."+name, "no file says how much "+name+" it needs: write resources: requests: "+name)
		}
	}
	if !limits.Has("memory") { // kgen would make one of the request
		put(&limits, "memory", schema.Text{Declined: true})
	}
	s.to.Resources = &schema.Resources{Requests: requests, Limits: limits}
}

// isAmount reports whether an amount is one: compose takes 0 for none.
func (s *service) isAmount(n float64, at ...any) bool {
	written := s.model.Written(s.at(at...)...)
	switch {
	case n > 0:
		return true
	case written == nil || valueAt(s.model.long, s.at(at...)) == nil: // nobody says it, or it is told already
	case n == 0 && strings.Trim(written.Text, "0.bkmg") == "":
		s.dropped("0 is the same as nothing said", at...)
	default:
		s.refused("no amount that a machine has", at...)
	}
	return false
}

// convertDevices takes graphics processors.
func (s *service) convertDevices(devices []types.DeviceRequest, limits *schema.Map[schema.Text], at ...any) {
	for i, d := range devices {
		place := append(append([]any{}, at...), i)
		count := int(d.Count)
		if len(d.IDs) > 0 {
			count = len(d.IDs)
		}
		name := map[string]string{"": "nvidia.com/gpu", "nvidia": "nvidia.com/gpu", "amd": "amd.com/gpu"}[d.Driver]
		if name == "" || count < 1 {
			s.dropped("Kubernetes takes devices by name and number: write resources: limits", place...)
			continue
		}
		put(limits, name, schema.Text{Value: strconv.Itoa(count)})
		s.kept("resources.limits", place...)
	}
}

func cpus(n float64) string {
	return resource.NewMilliQuantity(max(1, int64(math.Round(n*1000))), resource.DecimalSI).String()
}

func memory(n types.UnitBytes) string {
	return resource.NewQuantity(int64(n), resource.BinarySI).String()
}
