package manifests

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// leaveMade leaves out what controllers made, in a cluster, of other objects of the input
// and does not say so itself: the claims of a StatefulSet's templates, which are called
// TEMPLATE-NAME-ORDINAL, and the Endpoints of a Service with a selector.
func (in *input) leaveMade() {
	makers := map[string]*Object{}
	for _, o := range in.objects {
		switch o.Kind {
		case "StatefulSet":
			for _, template := range elements(o.Node.At(tree.P("spec", "volumeClaimTemplates"))) {
				makers["PersistentVolumeClaim/"+o.Namespace+"/"+text(template, "metadata", "name")+"-"+o.Name] = o
			}
		case "Service":
			if selectorOf(o) != nil {
				makers["Endpoints/"+o.Namespace+"/"+o.Name] = o
			}
		}
	}
	in.objects = slices.DeleteFunc(in.objects, func(o *Object) bool {
		name := o.Name
		if i := strings.LastIndexByte(name, '-'); o.Kind == "PersistentVolumeClaim" && i >= 0 && isOrdinal(name[i+1:]) {
			name = name[:i]
		}
		maker := makers[o.Kind+"/"+o.Namespace+"/"+name]
		if maker == nil || !o.isLive || maker.Kind == "StatefulSet" && name == o.Name {
			return false
		}
		dropped := item(convert.Dropped, o, nil, "a controller makes it of "+maker.Ref())
		dropped.IsRoutine = true
		in.report.Add(dropped)
		return true
	})
}

func isOrdinal(text string) bool {
	_, err := strconv.ParseUint(text, 10, 31)
	return err == nil
}
