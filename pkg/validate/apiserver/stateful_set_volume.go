package apiserver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/apps"
)

// orderClaimVolumes makes paths of volumes the same in every run. The server judges
// a StatefulSet's template with a volume for each claim template put before its
// own, in the random order of a map; here that is the order of the claim templates.
func orderClaimVolumes(s *apps.StatefulSet, errs field.ErrorList) field.ErrorList {
	var names []string
	for i := range s.Spec.VolumeClaimTemplates {
		if name := s.Spec.VolumeClaimTemplates[i].Name; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) < 2 {
		return errs
	}
	// Whatever is wrong with such a volume stems from its name, which is said, too.
	ordered := map[int]int{}
	for _, e := range errs {
		if i, rest, ok := volumeOf(e.Field); ok && i < len(names) && rest == ".name" {
			name, _ := e.BadValue.(string)
			ordered[i] = slices.Index(names, name)
		}
	}
	for _, e := range errs {
		i, rest, ok := volumeOf(e.Field)
		if !ok {
			continue
		}
		if o, found := ordered[i]; found && o >= 0 {
			e.Field = fmt.Sprintf("%s%d]%s", volumesPrefix, o, rest)
		}
	}
	return errs
}

const volumesPrefix = "spec.template.spec.volumes["

// volumeOf splits the path of a volume into its index and what follows.
func volumeOf(path string) (index int, rest string, ok bool) {
	after, ok := strings.CutPrefix(path, volumesPrefix)
	number, rest, closed := strings.Cut(after, "]")
	index, err := strconv.Atoi(number)
	return index, rest, ok && closed && err == nil
}
