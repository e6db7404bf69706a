package main

import (
	"context"
	"fmt"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/registry/rest"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/apis/discovery"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	jobs "k8s.io/kubernetes/pkg/registry/batch/job"
	slices "k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/utils/ptr"

	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// gatedObject has one field that a gate decides about, in a kind whose strategy
// the tool's own module cannot import.
type gatedObject struct {
	name, gate string
	obj        runtime.Object
	internal   runtime.Object
	strategy   rest.RESTCreateStrategy
}

func gatedObjects() []gatedObject {
	job := func(gate string, change func(*batchv1.JobSpec)) gatedObject {
		j := &batchv1.Job{Spec: batchv1.JobSpec{ManualSelector: ptr.To(true), Selector: &metav1.LabelSelector{}}}
		j.Spec.Template = corev1.PodTemplateSpec{Spec: corev1.PodSpec{SecurityContext: &corev1.PodSecurityContext{}}}
		change(&j.Spec)
		return gatedObject{"a job", gate, j, &batch.Job{}, jobs.Strategy}
	}
	slice := &discoveryv1.EndpointSlice{Endpoints: []discoveryv1.Endpoint{{Hints: &discoveryv1.EndpointHints{ForNodes: []discoveryv1.ForNode{{Name: "x"}}}}}}
	rule := func(action batchv1.PodFailurePolicyAction) func(*batchv1.JobSpec) {
		return func(s *batchv1.JobSpec) {
			s.PodFailurePolicy = &batchv1.PodFailurePolicy{Rules: []batchv1.PodFailurePolicyRule{{Action: action}}}
		}
	}
	return []gatedObject{
		job("JobManagedBy", func(s *batchv1.JobSpec) { s.ManagedBy = ptr.To("acme.io/x") }),
		job("JobSuccessPolicy", func(s *batchv1.JobSpec) {
			s.SuccessPolicy = &batchv1.SuccessPolicy{Rules: []batchv1.SuccessPolicyRule{{SucceededCount: ptr.To(int32(1))}}}
		}),
		job("JobBackoffLimitPerIndex", func(s *batchv1.JobSpec) { s.BackoffLimitPerIndex = ptr.To(int32(1)) }),
		job("JobBackoffLimitPerIndex", func(s *batchv1.JobSpec) { s.MaxFailedIndexes = ptr.To(int32(1)) }),
		job("JobBackoffLimitPerIndex", rule(batchv1.PodFailurePolicyActionFailIndex)),
		job("JobBackoffLimitPerIndex", rule(batchv1.PodFailurePolicyActionFailJob)),
		job("JobPodReplacementPolicy", func(s *batchv1.JobSpec) { s.PodReplacementPolicy = ptr.To(batchv1.Failed) }),
		{"a slice", "PreferSameTrafficDistribution", slice, &discovery.EndpointSlice{}, slices.Strategy},
	}
}

// isDropped reports whether the server changes what the object asks for.
func (o *gatedObject) isDropped(t *testing.T) bool {
	t.Helper()
	before, after := o.internal.DeepCopyObject(), o.internal.DeepCopyObject()
	for _, to := range []runtime.Object{before, after} {
		if err := legacyscheme.Scheme.Convert(o.obj.DeepCopyObject(), to, nil); err != nil {
			t.Fatal(err)
		}
	}
	o.strategy.PrepareForCreate(context.Background(), after)
	if job, ok := after.(*batch.Job); ok {
		return !equality.Semantic.DeepEqual(job.Spec, before.(*batch.Job).Spec)
	}
	return !equality.Semantic.DeepEqual(after.(*discovery.EndpointSlice).Endpoints, before.(*discovery.EndpointSlice).Endpoints)
}

// TestDrops: the server drops what the table says, in every release, and with the
// gate turned off in the newest one that lets it be.
func TestDrops(t *testing.T) {
	for minor := versions.Oldest; minor <= versions.Newest; minor++ {
		for _, o := range gatedObjects() {
			for _, gates := range []map[string]bool{nil, {o.gate: false}} {
				t.Run(fmt.Sprintf("1.%d/%s/%v", minor, o.gate, gates), func(t *testing.T) {
					featuregatetesting.SetFeatureGateEmulationVersionDuringTest(t, utilfeature.DefaultFeatureGate, version.MajorMinor(1, uint(minor)))
					for name, on := range gates {
						if utilfeature.DefaultMutableFeatureGate.DeepCopy().Set(fmt.Sprint(name, "=", on)) != nil {
							t.Skip("fixed in this release")
						}
						featuregatetesting.SetFeatureGateDuringTest(t, utilfeature.DefaultFeatureGate, featuregate.Feature(name), on)
					}
					found := versions.Fields(o.obj, minor, gates)
					if got, want := len(found) > 0, o.isDropped(t); got != want {
						t.Errorf("%s: the table says %v, the server drops: %t", o.name, found, want)
					}
				})
			}
		}
	}
}
