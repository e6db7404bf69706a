package load

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// routeShape is that of an HTTPRoute or a GRPCRoute.
var routeShape = &shape{groups: groupOf("gateway", "parentRefs")}

// sideShape is that of one of the Deployments of a release.
var sideShape = &shape{fields: map[string]*shape{"image": {settle: tagOverDigest}}}

// releaseShape is that of a release: a layer that says canary drops the two sides that it
// inherits, and the other way round.
var releaseShape = &shape{
	groups: groupOf("blueGreen", "canary"),
	fields: map[string]*shape{
		"blueGreen": {fields: map[string]*shape{"blue": sideShape, "green": sideShape}},
		"canary":    sideShape,
	},
}

// settleImage gives a service without an image that of the active side of its release,
// where both sides name theirs. It takes over what tells images apart and no more: a side
// must not change because the other is active.
func settleImage(service *tree.Node) *tree.Node {
	release, own := service.Get("release").Get("blueGreen"), service.Get("image")
	active := release.Get("active")
	if active == nil || own.Get("repository") != nil {
		return service
	}
	for _, side := range []string{schema.Blue, schema.Green} {
		if release.Get(side).Get("image").Get("repository") == nil {
			return service
		}
	}
	image := release.Get(active.Text).Get("image")
	if image == nil {
		return service
	}
	image = image.Without("registry", "pullPolicy")
	for i := range image.Fields {
		value := *image.Fields[i].Value // two places do not share a node
		image.Fields[i].Value = &value
	}
	if own != nil {
		image = (&merger{}).over(own, image, nil, nil)
	}
	settled := service.Without("image")
	settled.Fields = append(settled.Fields, tree.Field{Key: "image", KeyPos: image.Pos, Value: image})
	return settled
}
