package custom

import (
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// decode does what the server adds to reading JSON (unstructuredSchemaCoercer and
// unstructuredDefaulter of its customresource_handler): metadata gets its type,
// unknown fields go, nulls that stand for nothing go, defaults come in. It goes on
// after a mistake, without what is wrong, and is false where nothing is left to
// judge.
func (c *creation) decode() bool {
	if !c.decodeMeta() {
		return false
	}
	structural := c.version.structural
	unknown := pruning.PruneWithOptions(c.object, structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	c.unknown(unknown, structural)
	defaulting.PruneNonNullableNullsWithoutDefaults(c.object, structural)
	c.decodeEmbedded()
	if c.meta != nil {
		if err := objectmeta.SetObjectMeta(c.object, c.meta); err != nil {
			c.malformed(tree.P("metadata"), err)
			return false
		}
	}
	defaulting.Default(c.object, structural)
	return true
}

// decodeMeta reads metadata, and without what does not fit when something does not.
func (c *creation) decodeMeta() bool {
	options := objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true}
	meta, _, unknown, err := objectmeta.GetObjectMetaWithOptions(c.object, options)
	if err != nil {
		c.malformed(tree.P("metadata"), err)
		options.DropMalformedFields = true
		if meta, _, unknown, err = objectmeta.GetObjectMetaWithOptions(c.object, options); err != nil {
			return false
		}
	}
	c.meta = meta
	c.unknown(unknown, nil)
	return true
}

// decodeEmbedded gives the metadata of embedded objects its type.
func (c *creation) decodeEmbedded() {
	options := objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true}
	err, unknown := objectmeta.CoerceWithOptions(nil, c.object, c.version.structural, false, options)
	if err != nil {
		// The server tells the first that it comes across; these are all, in its words.
		c.add(sortByText(objectmeta.Validate(nil, c.object, c.version.structural, false))...)
		c.embeddedJudged = true
		options.DropInvalidFields = true
		_, unknown = objectmeta.CoerceWithOptions(nil, c.object, c.version.structural, false, options)
	}
	c.unknown(unknown, c.version.structural)
}

// malformed is metadata of a type that it cannot have.
func (c *creation) malformed(path tree.Path, err error) {
	c.mistakes = append(c.mistakes, tree.DecodeError{
		Kind: tree.WrongType, Pos: c.manifest.Nearest(path, false), Path: path, Message: err.Error(),
	})
}

// unknown are fields that the server does not know, by their paths as it writes
// them. They are below metadata where structural is nil.
func (c *creation) unknown(paths []string, structural *schema.Structural) {
	for _, text := range paths {
		path := resolve(c.manifest, text)
		c.mistakes = append(c.mistakes, tree.DecodeError{
			Kind: tree.UnknownField, Pos: c.manifest.Nearest(path, true), Path: path,
			Message: fmt.Sprintf("unknown field%s", hint(path, structural)),
		})
	}
}

var metaNames = fieldNames[metav1.ObjectMeta]()
