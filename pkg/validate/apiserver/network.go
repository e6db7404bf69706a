package apiserver

import (
	"fmt"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/apis/networking"
	networkingconvert "k8s.io/kubernetes/pkg/apis/networking/v1"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	"k8s.io/kubernetes/pkg/features"
)

// The rules of this file follow pkg/registry/networking/*/strategy.go.

var ingress = rules[networkingv1.Ingress, networking.Ingress]{
	convert: networkingconvert.Convert_v1_Ingress_To_networking_Ingress,
	prepare: func(i *networking.Ingress) {
		i.Status = networking.IngressStatus{}
		i.Generation = 1
	},
	validate: networkingvalidation.ValidateIngressCreate,
	warn: func(i *networking.Ingress) []string {
		const class = "kubernetes.io/ingress.class"
		if _, found := i.Annotations[class]; !found || i.Spec.IngressClassName != nil {
			return nil
		}
		return []string{fmt.Sprintf("annotation %q is deprecated, please use 'spec.ingressClassName' instead", class)}
	},
}

var ingressClass = rules[networkingv1.IngressClass, networking.IngressClass]{
	fill:     networkingconvert.SetObjectDefaults_IngressClass,
	convert:  networkingconvert.Convert_v1_IngressClass_To_networking_IngressClass,
	prepare:  func(c *networking.IngressClass) { c.Generation = 1 },
	validate: networkingvalidation.ValidateIngressClass,
}

var networkPolicy = rules[networkingv1.NetworkPolicy, networking.NetworkPolicy]{
	fill:    networkingconvert.SetObjectDefaults_NetworkPolicy,
	convert: networkingconvert.Convert_v1_NetworkPolicy_To_networking_NetworkPolicy,
	prepare: func(p *networking.NetworkPolicy) { p.Generation = 1 },
	validate: func(p *networking.NetworkPolicy) field.ErrorList {
		return networkingvalidation.ValidateNetworkPolicy(p, networkingvalidation.ValidationOptionsForNetworking(p, nil))
	},
	warn: func(p *networking.NetworkPolicy) (warnings []string) {
		for i := range p.Spec.Ingress {
			path := specPath.Child("ingress").Index(i).Child("from")
			warnings = append(warnings, peerWarnings(path, p.Spec.Ingress[i].From)...)
		}
		for i := range p.Spec.Egress {
			path := specPath.Child("egress").Index(i).Child("to")
			warnings = append(warnings, peerWarnings(path, p.Spec.Egress[i].To)...)
		}
		return warnings
	},
}

func peerWarnings(path *field.Path, peers []networking.NetworkPolicyPeer) (warnings []string) {
	for i := range peers {
		block := peers[i].IPBlock
		if block == nil {
			continue
		}
		at := path.Index(i).Child("ipBlock")
		warnings = append(warnings, validation.GetWarningsForCIDR(at.Child("cidr"), block.CIDR)...)
		for j, except := range block.Except {
			warnings = append(warnings, validation.GetWarningsForCIDR(at.Child("except").Index(j), except)...)
		}
	}
	return warnings
}

var ipAddress = rules[networkingv1.IPAddress, networking.IPAddress]{
	convert:  networkingconvert.Convert_v1_IPAddress_To_networking_IPAddress,
	validate: networkingvalidation.ValidateIPAddress,
	name:     func(base string) string { return base },
}

var serviceCIDR = rules[networkingv1.ServiceCIDR, networking.ServiceCIDR]{
	convert: networkingconvert.Convert_v1_ServiceCIDR_To_networking_ServiceCIDR,
	prepare: func(c *networking.ServiceCIDR) {
		if feature.DefaultFeatureGate.Enabled(features.ServiceCIDRStatusFieldWiping) {
			c.Status = networking.ServiceCIDRStatus{}
		}
	},
	validate: networkingvalidation.ValidateServiceCIDR,
}
