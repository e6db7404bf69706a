package scaffold

import (
	"errors"
	"fmt"
	"path"

	"github.com/distribution/reference"

	"github.com/kgen-dev/kgen/pkg/images"
	"github.com/kgen-dev/kgen/pkg/names"
)

// demo shows a page and needs nothing.
const demo = "docker.io/nginxinc/nginx-unprivileged"

// unknownPort is what an image listens on that nothing is known of.
const unknownPort = 8080

// workload is the service to make.
type workload struct {
	images.Image
	name    string
	ref     string // of the image, with its tag or digest
	isKnown bool
	isDemo  bool
	// ownPort is the port of a well-known image that was given another, which it does
	// not hear of; 0 for none.
	ownPort int
	// isAssumed is set where the port was not given and is not known.
	isAssumed bool
}

// chooseWorkload reads the options about the service.
func chooseWorkload(o *Options) (*workload, error) {
	w := &workload{name: o.Name, isDemo: o.From == ""}
	if o.Name != "" && !names.DNSLabel.Fits(o.Name) {
		return nil, errors.New("--name " + names.DNSLabel.Complaint(o.Name))
	}
	if o.Port < 0 || o.Port > 65535 {
		return nil, fmt.Errorf("--port %d: a port is a number from 1 to 65535, and 0 is none", o.Port)
	}
	from := o.From
	if w.isDemo {
		from = demo
	}
	if err := w.chooseImage(from); err != nil {
		return nil, err
	}
	switch {
	case o.HasPort && o.Port != w.Port:
		if o.Port != 0 && w.PortEnv == "" {
			w.ownPort = w.Port
		}
		w.Port, w.Ready = o.Port, nil // which asks the port that it knows
	case !w.isKnown && !o.HasPort:
		w.Port, w.isAssumed = unknownPort, true
	}
	return w, nil
}

// chooseImage reads an image, and gives it a release where it is well known.
func (w *workload) chooseImage(from string) error {
	named, err := reference.ParseNormalizedNamed(from)
	if err != nil {
		return fmt.Errorf("--from %q is no image: %w; write REPOSITORY:TAG, REGISTRY/REPOSITORY:TAG or REPOSITORY@DIGEST", from, err)
	}
	w.Image, w.isKnown = images.Find(from)
	w.ref = from
	if w.isKnown {
		w.ref = named.String() // with its registry, for some runtimes know no other
	}
	tagged, isTagged := named.(reference.Tagged)
	_, hasDigest := named.(reference.Digested)
	switch {
	case hasDigest:
	case isTagged && tagged.Tag() == "latest":
		return fmt.Errorf("--from %s: latest is another image every day; name a release%s", from, w.example(named))
	case isTagged:
	case w.isKnown:
		w.ref += ":" + w.Tag
	default:
		return fmt.Errorf("--from %s: which release? Name a tag or a digest, as in %s:1.4.2", from, from)
	}
	switch {
	case w.name != "":
	case w.isDemo:
		w.name = "web"
	default:
		w.name = labelOf(path.Base(named.Name()))
	}
	if w.name == "" {
		return fmt.Errorf("--from %s: no name can be made of it; say --name", from)
	}
	return nil
}

// example is a release of a well-known image, to go at the end of a message.
func (w *workload) example(named reference.Named) string {
	if !w.isKnown {
		return ""
	}
	return ", as in " + reference.FamiliarName(named) + ":" + w.Tag
}
