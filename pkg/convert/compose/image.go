package compose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/distribution/reference"

	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// convertImage takes the image, or names the one that is still to be chosen.
func (s *service) convertImage() {
	ref := s.from.Image
	switch {
	case ref != "":
		s.kept("image", "image")
		if s.from.Build != nil {
			s.changed("image", "kgen builds nothing: push the image to a registry that the cluster reaches", "build")
		}
	case s.from.Build != nil:
		ref = s.to.Name
		s.asked("image", "compose builds it, and kgen does not: push it to a registry, and write its name and release in the place of "+ref, "build")
	default:
		ref = s.to.Name
		s.asked("image", "it has no image: write its name and release in the place of "+ref)
	}
	if s.from.Build == nil && s.from.Image != "" {
		s.image, s.isKnown = images.Find(ref)
	}
	named, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		s.refused(fmt.Sprintf("%q is no image: %v", ref, err), "image")
		ref = s.to.Name
		named, _ = reference.ParseNormalizedNamed(ref)
	}
	s.to.Image = imageOf(ref)
	_, hasDigest := named.(reference.Digested)
	tagged, isTagged := named.(reference.Tagged)
	if !hasDigest && (!isTagged || tagged.Tag() == "latest") {
		s.to.Image.Mutable = true
		if s.from.Image != "" {
			s.owed("image.mutable", "it may be another image tomorrow: name a release, and take mutable out", "image")
		}
	}
	s.convertPull()
}

// imageOf is a reference in the long form.
func imageOf(ref string) (image schema.Image) {
	root := &tree.Node{Kind: tree.Map}
	root.Set("image", tree.Pos{}, &tree.Node{Kind: tree.String, Text: ref})
	if mistakes := tree.Decode(load.SettledForm(root).Get("image"), &image); len(mistakes) > 0 {
		return schema.Image{Repository: ref}
	}
	return image
}

// pullPolicies are those of compose by those of Kubernetes.
var pullPolicies = map[string]string{"always": "Always", "never": "Never", "missing": "IfNotPresent", "if_not_present": "IfNotPresent"}

func (s *service) convertPull() {
	word := s.from.PullPolicy
	switch policy := pullPolicies[word]; {
	case word == "":
	case policy != "":
		s.to.Image.PullPolicy = policy
		s.kept("image.pullPolicy", "pull_policy")
	case word == "build":
		s.dropped("kgen builds nothing", "pull_policy")
	default:
		s.dropped("Kubernetes pulls always, never or what is missing", "pull_policy")
	}
	s.convertPlatform()
}

// The values that nodes have for their system and processor, by what Docker calls them.
// https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch
var (
	systems    = []string{"linux", "windows"}
	processors = map[string]string{
		"amd64": "amd64", "x86_64": "amd64", "x86-64": "amd64", "arm64": "arm64", "aarch64": "arm64", "arm": "arm", "armhf": "arm",
		"386": "386", "i386": "386", "ppc64le": "ppc64le", "s390x": "s390x", "riscv64": "riscv64",
	}
)

// convertPlatform takes the nodes that the image runs on.
func (s *service) convertPlatform() {
	if s.from.Platform == "" {
		return
	}
	parts := strings.Split(strings.ToLower(s.from.Platform), "/")
	system, processor := parts[0], ""
	if len(parts) == 1 && processors[system] != "" {
		system, processor = "", processors[system]
	} else if len(parts) > 1 {
		processor = processors[parts[1]]
	}
	if system != "" && !slices.Contains(systems, system) || len(parts) > 1 && processor == "" {
		s.dropped("no node says of itself that it is that: write nodeSelector, or runtimeClassName", "platform")
		return
	}
	if system != "" {
		put(&s.to.NodeSelector, "kubernetes.io/os", system)
	}
	if processor != "" {
		put(&s.to.NodeSelector, "kubernetes.io/arch", processor)
	}
	s.kept("nodeSelector", "platform")
}
