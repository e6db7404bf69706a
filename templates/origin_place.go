package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// A place turns the last index or key of an API path, or the object itself, into
// an origin; false where it is none of its.
type place func(m *made, at tree.Path) (found, bool)

// found is an origin. Where it is whole, what lies below it in the API lies
// nowhere in the service.
type found struct {
	Origin
	isWhole bool
}

// placesByName are the places that rules name.
var placesByName = map[string]place{
	"name":        namePlace,
	"namespace":   namespacePlace,
	"object":      objectPlace,
	"exposed":     exposedPlace,
	"label":       labelPlace,
	"annotation":  annotationPlace,
	"annotations": annotationsPlace,

	"containers":         containersPlace,
	"container":          containerPlace,
	"containerName":      containerNamePlace,
	"accountName":        accountNamePlace,
	"roleName":           roleNamePlace,
	"podLabel":           podLabelPlace,
	"podLabels":          podLabelsPlace,
	"podAnnotation":      podAnnotationPlace,
	"containerPort":      containerPortPlace,
	"podPort":            podPortPlace,
	"podPorts":           podPortsPlace,
	"env":                envPlace,
	"envFrom":            envFromPlace,
	"preStop":            preStopPlace,
	"spreadOver":         spreadPlace,
	"lifecycle":          lifecyclePlace,
	"volumes":            volumesPlace,
	"volume":             volumePlace,
	"mounts":             mountsPlace,
	"mount":              mountPlace,
	"mountedVolume":      mountedVolumePlace,
	"claimName":          claimNamePlace,
	"fileItem":           fileItemPlace,
	"claimTemplate":      claimTemplatePlace,
	"claimTemplateLabel": claimTemplateLabelPlace,
	"governing":          governingPlace,
	"any":                anyPlace,
	"dataKey":            dataKeyPlace,
	"externalValue":      externalValuePlace,
	"externalRef":        externalRefPlace,
	"wholeEntry":         wholeEntryPlace,
	"externalSource":     externalSourcePlace,
	"externalRewrite":    externalRewritePlace,
	"certificateOf":      certificateOfPlace,
	"certificateHost":    certificateHostPlace,
	"issuerRef":          issuerPlace,
	"verticalName":       verticalNamePlace,
	"verticalPolicy":     verticalPolicyPlace,
	"credential":         credentialPlace,
	"trigger":            triggerPlace,
	"monitorLabel":       monitorLabelPlace,
	"monitoredLabel":     monitoredLabelPlace,
	"secretKey":          secretKeyPlace,
	"metric":             metricPlace,
	"servicePorts":       servicePortsPlace,
	"servicePort":        servicePortPlace,
	"portNumber":         portNumberPlace,
	"portProtocol":       portProtocolPlace,
	"portTarget":         portTargetPlace,
	"host":               hostPlace,
	"hostPath":           hostPathPlace,
	"routeParents":       routeParentsPlace,
	"routeParent":        routeParentPlace,
	"routePath":          routePathPlace,
	"routeRule":          routeRulePlace,
	"routeRef":           routeRefPlace,
	"routeWeight":        routeWeightPlace,
	"tlsHosts":           tlsHostsPlace,
	"tlsHost":            tlsHostPlace,
	"ingressRule":        ingressRulePlace,
	"egressRule":         egressRulePlace,
	"fromRule":           fromRulePlace,
	"fromPeer":           fromPeerPlace,
	"metricsRule":        metricsRulePlace,
	"metricsPeer":        metricsPeerPlace,
	"namespaceLabel":     namespaceLabelPlace,
	"namespaceLabels":    namespaceLabelsPlace,
	"worldAnnotation":    worldAnnotationPlace,
	"worldAnnotations":   worldAnnotationsPlace,
}

func foundAt(path ...any) found { return found{Origin: Origin{Path: path}} }

func wholeAt(path ...any) found { return found{Origin: Origin{Path: path}, isWhole: true} }

func inProject(path ...any) found {
	return found{Origin: Origin{Path: path, InProject: true}, isWhole: true}
}

// by is f where the built-in default called field gives the value.
func (f found) by(field string) found {
	f.Default = field
	return f
}

func keyOf(at tree.Path) string {
	key, _ := at[len(at)-1].(string)
	return key
}

// entryOf is the entry of a map that an index leads to, which the list at the end
// of at was made of.
func entryOf[T any](entries schema.Map[T], at tree.Path) (entry *schema.Entry[T], ok bool) {
	i := lastIndex(at)
	if i < 0 || i >= len(entries) {
		return nil, false
	}
	return &entries[i], true
}

// lastIndex is the last index in at, -1 without one.
func lastIndex(at tree.Path) int {
	for i := len(at) - 1; i >= 0; i-- {
		if index, ok := at[i].(int); ok {
			return index
		}
	}
	return -1
}

func anyPlace(*made, tree.Path) (found, bool) { return found{}, true }
