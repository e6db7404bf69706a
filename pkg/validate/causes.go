package validate

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// besides are the mistakes of decoding n, and what else the server would say: not
// what follows from them.
func besides(n *tree.Node, mistakes []tree.DecodeError, verdict []Problem) []Problem {
	if len(mistakes) == 0 {
		return verdict
	}
	problems := make([]Problem, 0, len(mistakes)+len(verdict))
	for i := range mistakes {
		problems = append(problems, fromDecoding(&mistakes[i]))
	}
	for _, p := range verdict {
		if !followsFrom(mistakes, &p, p.In(n)) {
			problems = append(problems, p)
		}
	}
	return problems
}

// followsFrom reports whether what the server says of the value at path may come
// from a value that was not decoded: one there, above or below, or the misspelt
// one beside it.
func followsFrom(mistakes []tree.DecodeError, p *Problem, path tree.Path) bool {
	for i := range mistakes {
		failed := mistakes[i].Path
		shared := 0
		for shared < min(len(failed), len(path)) && failed[shared] == path[shared] {
			shared++
		}
		isBeside := len(path) == len(failed) && shared == len(path)-1
		if shared == len(failed) || shared == len(path) || isBeside && p.ID == Required {
			return true
		}
	}
	return false
}

// Causes leaves out what only follows from another problem of the manifest n: the
// server fills in defaults from values that are wrong, and drops some that others
// refer to.
func Causes(n *tree.Node, problems []Problem) []Problem {
	if len(problems) < 2 {
		return problems
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool {
		return p.Severity == report.Error && (isCopy(n, &p, problems) || isOfGeneratedName(n, &p) || isOfRefusedVolume(n, &p, problems))
	})
}

// isCopy reports whether the value that p is about was not written, and what p
// says is said of one that was.
func isCopy(n *tree.Node, p *Problem, problems []Problem) bool {
	return n.At(p.In(n)) == nil && slices.ContainsFunc(problems, func(other Problem) bool {
		return other.Message == p.Message && other.Field != p.Field && n.At(other.In(n)) != nil
	})
}

// isOfGeneratedName reports whether p is about a name that the server made.
func isOfGeneratedName(n *tree.Node, p *Problem) bool {
	return p.Field == "metadata.name" && textAt(n, "metadata", "name") == "" && textAt(n, "metadata", "generateName") != ""
}

// isOfRefusedVolume reports whether p says that a mount's volume is not found
// which is there, and wrong itself.
func isOfRefusedVolume(n *tree.Node, p *Problem, problems []Problem) bool {
	pod, mount, isMount := strings.Cut(p.Field, "ontainers[")
	if !isMount || p.ID != NotFound || !strings.Contains(mount, "].volumeMounts[") {
		return false
	}
	pod = pod[:strings.LastIndexByte(pod, '.')+1] // without the c of containers
	name := n.At(p.In(n))
	volumes := n.At(pathIn(n, pod+"volumes"))
	if name == nil || volumes == nil {
		return false
	}
	for i := range volumes.Fields {
		at := pathIn(n, pod+"volumes").With(i)
		if textAt(volumes.Fields[i].Value, "name") == name.Text {
			return slices.ContainsFunc(problems, func(other Problem) bool { return other.ID != NotFound && other.In(n).IsAlong(at) })
		}
	}
	return false
}
