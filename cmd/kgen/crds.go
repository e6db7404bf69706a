package main

import (
	"errors"
	"fmt"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// clusterCRDs are the CRDs that --crd names.
type clusterCRDs struct {
	schemas   custom.Schemas
	manifests []*tree.Node
}

// readCRDs reads the CRDs of the cluster in files and directories. What else
// stands there is passed over; a path without any is an error.
func (o *operation) readCRDs(options load.Options, paths []string) (*clusterCRDs, error) {
	crds := &clusterCRDs{}
	for _, p := range paths {
		if p == "-" {
			return nil, errors.New("--crd -: standard input is for what is to be judged")
		}
		options.Paths = []string{p}
		inputs, err := load.FindInputs(options)
		if err != nil {
			return nil, fmt.Errorf("--crd: %w", err)
		}
		before := len(crds.manifests)
		for _, stream := range inputs.Streams {
			findings, err := crds.read(&tree.Source{Name: stream.Name}, stream.Pieces)
			if err != nil {
				return nil, fmt.Errorf("--crd %s: %w", stream.Name, err)
			}
			o.findings = append(o.findings, findings...)
		}
		for _, file := range inputs.Manifests {
			pieces, err := read.ManifestFile(file)
			if err != nil {
				return nil, fmt.Errorf("--crd: %w", err)
			}
			findings, err := crds.read(load.SourceOf(file), pieces)
			if err != nil {
				return nil, fmt.Errorf("--crd: %w", err)
			}
			o.findings = append(o.findings, findings...)
		}
		if len(crds.manifests) == before {
			return nil, fmt.Errorf("--crd %s: no CustomResourceDefinition in it", p)
		}
	}
	return crds, nil
}

// read takes the CRDs in a file.
func (c *clusterCRDs) read(source *tree.Source, pieces *read.Pieces) ([]report.Finding, error) {
	sink := &report.Sink{}
	err := pieces.Documents(source, sink, func(document *tree.Node) {
		validate.Elements(document, func(object *tree.Node) {
			if validate.IsCRD(object) {
				c.manifests = append(c.manifests, object)
				sink.Findings = append(sink.Findings, validate.TrustCRD(&c.schemas, object, custom.Origin{IsInstalled: true})...)
			}
		})
	})
	return sink.Findings, err
}

// refused reports what is wrong with those that objects needed.
func (c *clusterCRDs) refused() (findings []report.Finding) {
	for _, n := range c.manifests {
		findings = append(findings, validate.RefusedCRD(&c.schemas, n)...)
	}
	return findings
}
