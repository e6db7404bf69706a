package apiserver

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	serviceapi "k8s.io/kubernetes/pkg/api/service"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// service follows pkg/registry/core/service/strategy.go.
var service = rules[corev1.Service, core.Service]{
	fill:     coreconvert.SetObjectDefaults_Service,
	convert:  coreconvert.Convert_v1_Service_To_core_Service,
	begin:    allocate,
	prepare:  func(s *core.Service) { s.Status = core.ServiceStatus{} },
	validate: corevalidation.ValidateServiceCreate,
	warn:     func(s *core.Service) []string { return serviceapi.GetWarningsForService(s, nil) },
}

// allocate is what pkg/registry/core/service/storage does before the strategy is
// asked: IP families, cluster IPs and node ports. Like it, it stops at the first
// thing that cannot be had.
func allocate(s *core.Service) field.ErrorList {
	if s.Spec.ClusterIP != "" && len(s.Spec.ClusterIPs) == 0 {
		s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
	}
	if s.Spec.Type != core.ServiceTypeExternalName {
		if errs := setFamilies(s); len(errs) > 0 {
			return errs
		}
		setAddresses(s)
	}
	var ports nodePorts
	if s.Spec.Type == core.ServiceTypeNodePort || s.Spec.Type == core.ServiceTypeLoadBalancer {
		if errs := ports.allocate(s); len(errs) > 0 {
			return errs
		}
	}
	if serviceapi.NeedsHealthCheck(s) {
		return ports.allocateHealthCheck(s)
	}
	return nil
}
