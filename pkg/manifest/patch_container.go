package manifest

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// strangers refuses containers that the patch brought without an image: mostly
// the name of one that is there was misspelt, and the merge made a second.
func (p *patcher) strangers(before, after any, at tree.Path) {
	pod := podOf(after)
	if pod == nil {
		return
	}
	for _, c := range pod.Containers {
		if c.Image != "" {
			continue
		}
		var names []string
		for _, had := range podOf(before).Containers {
			names = append(names, had.Name)
		}
		n, where := p.namedContainer(c.Name, at)
		p.errorf(n, where, "a second container %q without an image%s", c.Name, suggest.Hint(c.Name, names)).Fix =
			"the pod has " + list(names) + "; a new container needs an image"
	}
}

// namedContainer is where a merge names the container; of another patch the
// patch itself.
func (p *patcher) namedContainer(name string, at tree.Path) (*tree.Node, tree.Path) {
	containers := tree.P("merge", "spec", "template", "spec", "containers")
	if list := p.patch.Merge.At(containers[1:]); list != nil {
		for i, f := range list.Fields {
			if n := f.Value.Get("name"); n != nil && n.Text == name {
				return n, at.With(containers...).With(i, "name")
			}
		}
	}
	return &tree.Node{}, at
}

// podOf is the PodSpec of a workload that kgen renders, nil of anything else.
func podOf(object any) *corev1.PodSpec {
	if d, ok := object.(*appsv1.Deployment); ok {
		return &d.Spec.Template.Spec
	}
	return nil
}
