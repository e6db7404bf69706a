package apiserver

import (
	"reflect"

	"k8s.io/apimachinery/pkg/util/validation/field"
	podapi "k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
)

// copyAppArmorAnnotations fills the AppArmor profile of containers that have only
// the old annotation, and warns where that says something of its own.
func copyAppArmorAnnotations(p *core.Pod) (warnings []string) {
	if len(p.Annotations) == 0 || p.Spec.OS != nil && p.Spec.OS.Name == core.Windows {
		return nil
	}
	var ofPod *core.AppArmorProfile
	if p.Spec.SecurityContext != nil {
		ofPod = p.Spec.SecurityContext.AppArmorProfile
	}
	podapi.VisitContainers(&p.Spec, podapi.AllFeatureEnabledContainers(), func(c *core.Container, _ podapi.ContainerType) bool {
		key := core.DeprecatedAppArmorAnnotationKeyPrefix + c.Name
		annotation, found := p.Annotations[key]
		if !found || c.SecurityContext != nil && c.SecurityContext.AppArmorProfile != nil {
			return true
		}
		profile := podapi.ApparmorFieldForAnnotation(annotation)
		isValid := profile != nil && len(corevalidation.ValidateAppArmorProfileField(profile, field.NewPath(""))) == 0
		if isValid && reflect.DeepEqual(profile, ofPod) {
			return true
		}
		if isValid {
			if c.SecurityContext == nil {
				c.SecurityContext = &core.SecurityContext{}
			}
			c.SecurityContext.AppArmorProfile = profile
		}
		path := field.NewPath("metadata", "annotations").Key(key)
		warnings = append(warnings, path.String()+`: deprecated since v1.30; use the "appArmorProfile" field instead`)
		return true
	})
	return warnings
}
