package lint

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/report"
)

var imageNeedsUser = Rule{
	ID: "image-needs-user", Severity: report.Warning,
	Doc: Doc{
		Title: "well-known image that does not start in a hardened pod",
		Why:   "the kubelet refuses an image that starts as root, or as a user named by a word, under runAsNonRoot: the pod stays in CreateContainerConfigError",
		Fix:   "set runAsUser and runAsGroup to the user that the image is made for, and mount an emptyDir where it writes",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
  - name: db
    image: docker.io/library/postgres:17.6 # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 999, runAsGroup: 999}
  containers:
  - name: db
    image: docker.io/library/postgres:17.6
`,
		Notes: []string{
			"It knows the images that `kgen init --from` knows, on Docker Hub and on two mirrors of it, by what their Dockerfiles say: what a registry has is not looked at.",
			"It also finds a read-only root file system without a mount where the image has to write to start; not in init containers, where command or args are set, or where something is mounted over its configuration.",
			"Pods for Windows are not looked at.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		lacksUser := c.lacksUser()
		if c.Workload.isWindows() || !lacksUser && !c.hasReadOnlyRoot() {
			return
		}
		known, isKnown := images.Find(c.Image)
		if !isKnown || isForWindows(c.Image) {
			return
		}
		lacking := c.unwritable(&known)
		switch {
		case lacksUser && known.Own == "":
			r.At(c.Field("image"), "container %s: runAsNonRoot is true, and %s starts as root", c.Name, path.Base(known.Name)).
				With("%s", c.linesFor(&known, true, lacking))
		case lacksUser && !isNumber(known.Own):
			r.At(c.Field("image"), "container %s: runAsNonRoot is true, and %s names its user by a word, %s", c.Name, path.Base(known.Name), known.Own).
				With("%s", c.linesFor(&known, true, lacking))
		case len(lacking) > 0 && known.WritesAtStart:
			r.At(c.Field("image"), "container %s: the root file system is read-only, and %s writes to %s", c.Name, path.Base(known.Name), strings.Join(lacking, ", ")).
				Because("the process ends as soon as it starts, and the pod stays in CrashLoopBackOff").
				With("%s", c.linesFor(&known, false, lacking))
		}
	},
}

// lacksUser reports whether the container must not be root, and nothing but its image
// says who it is.
func (c *Container) lacksUser() bool {
	user, nonRoot := c.runAsUser(), c.runAsNonRoot()
	return isTrue(nonRoot.value) && user.isUnset() && !c.Workload.isUnread(c.Field("securityContext", "runAsUser"))
}

func (c *Container) hasReadOnlyRoot() bool {
	return c.SecurityContext != nil && isTrue(c.SecurityContext.ReadOnlyRootFilesystem)
}

// unwritable are the directories that the image certainly writes to, and cannot: not
// of a container that runs something else, or is configured by a file.
func (c *Container) unwritable(known *images.Image) (lacking []string) {
	if !c.hasReadOnlyRoot() || c.Role == Init || c.Role == Ephemeral || len(c.Command) > 0 || len(c.Args) > 0 || c.Workload.isUnread(c.Field("volumeMounts")) {
		return nil
	}
	for i := range c.VolumeMounts {
		at := path.Clean(c.VolumeMounts[i].MountPath)
		if isWithin(at, "/etc") || isWithin(at, "/usr/local/apache2/conf") {
			return nil
		}
	}
	for _, dir := range known.Writable {
		// In these images /var/run is a link to /run.
		short, isRun := strings.CutPrefix(dir, "/var/run")
		if c.isWritable(dir) || isRun && c.isWritable("/run"+short) || isWithin(dir, "/run") && c.isWritable("/var"+dir) {
			continue
		}
		lacking = append(lacking, dir)
	}
	return lacking
}

// linesFor are the lines to add, in the words of the service or of the manifest.
func (c *Container) linesFor(known *images.Image, needsUser bool, lacking []string) string {
	var fix string
	if c.Workload.IsMade {
		fix = c.serviceLines(known, needsUser, lacking)
	} else {
		fix = c.manifestLines(known, needsUser, lacking)
	}
	if of := imageOf(c.Image); needsUser && of.tag == "" && of.digest != "" && known.Alpine.ID != 0 {
		fix += fmt.Sprintf("; of an image made from Alpine it is user %d of group %d", known.Alpine.ID, known.Alpine.Group)
	}
	return fix
}

func (c *Container) manifestLines(known *images.Image, needsUser bool, lacking []string) string {
	var lines []string
	switch {
	case !needsUser:
	case len(c.Workload.Containers()) == 1:
		lines = append(lines, "to the pod securityContext: {"+userLine(known)+c.groupOfVolumes(known)+"}")
	default:
		lines = append(lines, "to the container securityContext: {"+userLine(known)+"}")
	}
	if len(lacking) > 0 {
		lines = append(lines, "an emptyDir mounted at "+strings.Join(lacking, ", "))
	}
	return "add " + strings.Join(lines, " and ")
}

// serviceLines name the field that the container is under; the user of the service's
// own container is that of its pods.
func (c *Container) serviceLines(known *images.Image, needsUser bool, lacking []string) string {
	under, context := c.serviceField(), "securityContext"
	if under == "" {
		context = "podSecurityContext"
	}
	var lines []string
	if needsUser {
		lines = append(lines, under+context+": {"+userLine(known)+"}")
	}
	if len(lacking) > 0 {
		quoted := make([]string, len(lacking))
		for i := range lacking {
			quoted[i] = strconv.Quote(lacking[i])
		}
		lines = append(lines, under+"writable: ["+strings.Join(quoted, ", ")+"]")
	}
	return "add " + strings.Join(lines, " and ") + " to the service"
}

// serviceField is what stands before a field of the container in the service that the
// workload is made of; nothing for the service's own container, which is the first.
func (c *Container) serviceField() string {
	switch {
	case slices.Equal(c.At, c.Workload.In("containers", 0)):
		return ""
	case c.Role == Init:
		return "initContainers: " + fieldName(c.Name) + ": "
	}
	return "sidecars: " + fieldName(c.Name) + ": "
}

// fieldName is a name as CUE and YAML both read it before a colon: CUE takes a dash
// for a minus.
func fieldName(name string) string {
	if strings.Contains(name, "-") || name != "" && name[0] <= '9' {
		return strconv.Quote(name)
	}
	return name
}

func userLine(known *images.Image) string {
	return fmt.Sprintf("runAsUser: %d, runAsGroup: %d", known.User.ID, known.User.Group)
}

// groupOfVolumes lets the group of the image write to a claim of its data.
func (c *Container) groupOfVolumes(known *images.Image) string {
	if pod := c.Workload.Spec.SecurityContext; known.Data == "" || pod != nil && pod.FSGroup != nil {
		return ""
	}
	for i := range c.VolumeMounts {
		if isWithin(path.Clean(c.VolumeMounts[i].MountPath), known.Data) {
			return fmt.Sprintf(", fsGroup: %d", known.User.Group)
		}
	}
	return ""
}

// isForWindows reports whether a tag, as those of mongo, is of an image for Windows.
func isForWindows(reference string) bool {
	tag := imageOf(reference).tag
	return strings.Contains(tag, "windows") || strings.Contains(tag, "nanoserver")
}

func isNumber(text string) bool {
	_, err := strconv.ParseUint(text, 10, 32)
	return err == nil
}
