// Package images knows what well-known public images need in a hardened pod, which
// runs as a user that is not root, with no capability and a read-only root.
package images

import (
	"slices"
	"strings"

	"github.com/distribution/reference"
)

// Image is a public image.
type Image struct {
	Name string // docker.io/library/postgres
	Tag  string // a release to start with, of those that the facts were read of
	User User
	// Own is the user that the image itself names, by number or by word; empty is root.
	Own string
	// Alpine is the user in tags with "alpine" in them, where it is another.
	Alpine User
	Port   int // that it listens on, in TCP
	// Protocol is what it speaks there, a name for the port.
	Protocol string
	// Writable are the directories that it writes to, beside /tmp and Data, and
	// that need not outlive the pod.
	Writable []string
	// WritesAtStart is set where it ends at once if it cannot write to all of Writable.
	WritesAtStart bool
	// Data is the directory to keep; empty where there is none.
	Data string
	// SubPath is the directory of the volume to mount there, for programs that
	// take no volume with a lost+found in it.
	SubPath string
	Env     []Variable
	// Password is the variable that it wants a secret value in, and PortEnv the one
	// with the port; empty where there is none.
	Password, PortEnv string
	// Command is what to run where the image has nothing of its own to run.
	Command []string
	// Path answers over HTTP as soon as the image is ready, and Ready is a command
	// that succeeds then; without them a port that accepts says so.
	Path  string
	Ready []string
	// Memory is enough to start with.
	Memory string
	// Single is set where two pods are no replicas of each other.
	Single bool
	// Sources are where the facts are from, the first for the user.
	Sources []string
}

// User is a user and its group, by their numbers.
type User struct{ ID, Group int64 }

// Variable is an environment variable, and why it is set.
type Variable struct{ Name, Value, Why string }

// mirrors hold Docker's official images under other names.
// https://gallery.ecr.aws/docker and https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images
var mirrors = [...]string{"public.ecr.aws/docker/", "mirror.gcr.io/"}

// hosts are the registries that have the images.
var hosts = [...]string{"docker.io", "index.docker.io", "public.ecr.aws", "mirror.gcr.io"}

// Find returns what is known of the image that ref names, in short or in full:
// nginx, library/nginx:1.29 and docker.io/library/nginx are one.
func Find(ref string) (Image, bool) {
	host, _, hasPath := strings.Cut(ref, "/")
	if hasPath && strings.ContainsAny(host, ".:") && !slices.Contains(hosts[:], host) {
		return Image{}, false // as most are, and to read the reference takes long
	}
	named, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		return Image{}, false
	}
	name := named.Name()
	for _, mirror := range mirrors {
		if rest, isMirrored := strings.CutPrefix(name, mirror); isMirrored {
			name = "docker.io/" + rest
		}
	}
	for _, image := range All() {
		if image.Name != name {
			continue
		}
		if tagged, isTagged := named.(reference.Tagged); isTagged && image.Alpine.ID != 0 && strings.Contains(tagged.Tag(), "alpine") {
			image.User = image.Alpine
			if i := slices.IndexFunc(image.Sources, isAlpine); i > 0 {
				image.Sources[0], image.Sources[i] = image.Sources[i], image.Sources[0]
			}
		}
		return image, true
	}
	return Image{}, false
}

// isAlpine reports whether a source is that of the tags with "alpine" in them.
func isAlpine(source string) bool { return strings.Contains(source, "/alpine") }
