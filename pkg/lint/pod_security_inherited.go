package lint

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// contextField is a field of the security context that containers have of their own or
// take from the pod.
type contextField struct {
	path []any // below securityContext
	name string
	// show is the value for people, and whether the container sets it itself.
	show func(c *Container) (value string, isOwn bool)
}

// offences finds where a field is forbidden as it is written, and where it is not
// written although it has to be.
func (f *contextField) offences(w *Workload, control forbids) (found []offence) {
	path := append([]any{"securityContext"}, f.path...)
	pod := &corev1.PodSpec{OS: w.Spec.OS, HostUsers: w.Spec.HostUsers, SecurityContext: w.Spec.SecurityContext}
	isPodForbidden := control.spec(pod)
	if isPodForbidden {
		value, _ := f.show(&Container{Container: &corev1.Container{}, Workload: w})
		found = append(found, offence{w.In(path...), "", fmt.Sprintf("%s of the pod is %s", f.name, value)})
	}
	var lacking []*Container
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		alone := w.alone(c.SecurityContext)
		if !control.spec(alone) {
			continue
		}
		if value, isOwn := f.show(c); isOwn {
			found = append(found, offenceIn(c, c.Field(path...), "%s is %s", f.name, value))
			continue
		}
		alone.SecurityContext = w.Spec.SecurityContext
		if !isPodForbidden && control.spec(alone) && !w.isUnread(w.In(path...)) {
			lacking = append(lacking, c)
		}
	}
	if len(lacking) > 0 && len(lacking) == len(containers) {
		return append(found, offence{w.In(path...), "", fmt.Sprintf("neither the pod nor a container sets %s", f.name)})
	}
	for _, c := range lacking {
		found = append(found, offenceIn(c, c.Field(path...), "neither it nor the pod sets %s", f.name))
	}
	return found
}
