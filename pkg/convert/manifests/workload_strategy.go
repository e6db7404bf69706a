package manifests

import (
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/schema"
)

// rollingOut is the strategy of a Deployment. What it leaves out the API server has as a
// quarter of the pods, and kgen otherwise.
func rollingOut(from appsv1.DeploymentStrategy) *schema.Strategy {
	if from.Type == appsv1.RecreateDeploymentStrategyType {
		return &schema.Strategy{Type: string(from.Type)}
	}
	quarter := func() *intstr.IntOrString { v := intstr.FromString("25%"); return &v }
	to := &schema.Strategy{Type: string(appsv1.RollingUpdateDeploymentStrategyType), MaxSurge: quarter(), MaxUnavailable: quarter()}
	if r := from.RollingUpdate; r != nil && r.MaxSurge != nil {
		to.MaxSurge = r.MaxSurge
	}
	if r := from.RollingUpdate; r != nil && r.MaxUnavailable != nil {
		to.MaxUnavailable = r.MaxUnavailable
	}
	return to
}
