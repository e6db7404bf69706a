package apiserver

import (
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/discovery"
	discoveryconvert "k8s.io/kubernetes/pkg/apis/discovery/v1"
	discoveryvalidation "k8s.io/kubernetes/pkg/apis/discovery/validation"
	"k8s.io/kubernetes/pkg/features"
)

// endpoints follows pkg/registry/core/endpoint/strategy.go.
//
//lint:ignore SA1019 the server still has it
var endpoints = rules[corev1.Endpoints, core.Endpoints]{
	fill:     coreconvert.SetObjectDefaults_Endpoints,
	convert:  coreconvert.Convert_v1_Endpoints_To_core_Endpoints,
	validate: corevalidation.ValidateEndpointsCreate,
	warn: func(e *core.Endpoints) (warnings []string) {
		if e.Labels["endpoints.kubernetes.io/managed-by"] == "endpoint-controller" {
			return nil
		}
		for i := range e.Subsets {
			path := field.NewPath("subsets").Index(i)
			warnings = append(warnings, addressWarnings(path.Child("addresses"), e.Subsets[i].Addresses)...)
			warnings = append(warnings, addressWarnings(path.Child("notReadyAddresses"), e.Subsets[i].NotReadyAddresses)...)
		}
		return warnings
	},
}

func addressWarnings(path *field.Path, addresses []core.EndpointAddress) (warnings []string) {
	for i := range addresses {
		warnings = append(warnings, validation.GetWarningsForIP(path.Index(i).Child("ip"), addresses[i].IP)...)
	}
	return warnings
}

// endpointSlice follows pkg/registry/discovery/endpointslice/strategy.go.
var endpointSlice = rules[discoveryv1.EndpointSlice, discovery.EndpointSlice]{
	fill:     discoveryconvert.SetObjectDefaults_EndpointSlice,
	convert:  discoveryconvert.Convert_v1_EndpointSlice_To_discovery_EndpointSlice,
	prepare:  prepareEndpointSlice,
	validate: discoveryvalidation.ValidateEndpointSliceCreate,
	warn: func(s *discovery.EndpointSlice) (warnings []string) {
		if s.AddressType == discovery.AddressTypeFQDN {
			warnings = append(warnings, "spec.addressType: FQDN endpoints are deprecated")
		}
		switch s.Labels[discoveryv1.LabelManagedBy] {
		case "endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io":
			return warnings
		}
		for i := range s.Endpoints {
			path := field.NewPath("endpoints").Index(i).Child("addresses")
			for j, address := range s.Endpoints[i].Addresses {
				warnings = append(warnings, validation.GetWarningsForIP(path.Index(j), address)...)
			}
		}
		return warnings
	},
}

func prepareEndpointSlice(s *discovery.EndpointSlice) {
	s.Generation = 1
	keepsNodes := feature.DefaultFeatureGate.Enabled(features.PreferSameTrafficDistribution)
	for i := range s.Endpoints {
		e := &s.Endpoints[i]
		if e.Hints != nil && !keepsNodes {
			e.Hints.ForNodes = nil
		}
		e.DeprecatedTopology = nil // v1 does not write it
	}
}
