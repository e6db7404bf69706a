package apiserver

import (
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/utils/net"
)

// firstFamily is the family of a cluster's services unless they ask for another.
const firstFamily = core.IPv4Protocol

// setFamilies settles spec.ipFamilyPolicy and spec.ipFamilies (initIPFamilyFields
// of the service registry), in a cluster that has both families.
func setFamilies(s *core.Service) field.ErrorList {
	selectsNothing := s.Spec.ClusterIP == core.ClusterIPNone && len(s.Spec.Selector) == 0
	if s.Spec.IPFamilyPolicy == nil {
		policy := core.IPFamilyPolicySingleStack
		if selectsNothing {
			policy = core.IPFamilyPolicyRequireDualStack
		}
		s.Spec.IPFamilyPolicy = &policy
	}
	if errs := corevalidation.ValidateServiceClusterIPsRelatedFields(s, nil); len(errs) > 0 {
		return errs
	}
	isSingle := *s.Spec.IPFamilyPolicy == core.IPFamilyPolicySingleStack
	if isSingle {
		if errs := refuseTwo(s); len(errs) > 0 {
			return errs
		}
	}
	for i, ip := range s.Spec.ClusterIPs {
		if ip == core.ClusterIPNone {
			break
		}
		if i >= len(s.Spec.IPFamilies) {
			s.Spec.IPFamilies = append(s.Spec.IPFamilies, familyOf(ip))
		}
	}
	if len(s.Spec.IPFamilies) == 0 {
		s.Spec.IPFamilies = []core.IPFamily{firstFamily}
	}
	if !isSingle && len(s.Spec.IPFamilies) == 1 {
		s.Spec.IPFamilies = append(s.Spec.IPFamilies, otherFamily(s.Spec.IPFamilies[0]))
	}
	return nil
}

// refuseTwo finds two addresses or families where the policy is SingleStack.
func refuseTwo(s *core.Service) (errs field.ErrorList) {
	path := specPath.Child("ipFamilyPolicy")
	if len(s.Spec.ClusterIPs) == 2 {
		errs = append(errs, field.Invalid(path, s.Spec.IPFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified"))
	}
	if len(s.Spec.IPFamilies) == 2 {
		errs = append(errs, field.Invalid(path, s.Spec.IPFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"))
	}
	return errs
}

func familyOf(ip string) core.IPFamily {
	if net.IsIPv6String(ip) {
		return core.IPv6Protocol
	}
	return core.IPv4Protocol
}

func otherFamily(f core.IPFamily) core.IPFamily {
	if f == core.IPv4Protocol {
		return core.IPv6Protocol
	}
	return core.IPv4Protocol
}

// setAddresses gives every family an address, as if any that is asked for were
// free.
func setAddresses(s *core.Service) {
	if len(s.Spec.ClusterIPs) > 0 && s.Spec.ClusterIPs[0] == core.ClusterIPNone {
		return
	}
	for _, family := range s.Spec.IPFamilies[len(s.Spec.ClusterIPs):] {
		address := "10.96.0.100"
		if family == core.IPv6Protocol {
			address = "fd00::100"
		}
		s.Spec.ClusterIPs = append(s.Spec.ClusterIPs, address)
	}
	s.Spec.ClusterIP = s.Spec.ClusterIPs[0]
}
