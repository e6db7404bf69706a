package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var externalSecretOrigins = objectOrigins("{object}",
	rule{"spec.refreshInterval", "{object}.external.refreshInterval"},
	rule{"spec.refreshPolicy", "{object}.external.refreshPolicy"},
	rule{"spec.secretStoreRef.*", "{object}.external.store.*"},
	rule{"spec.target", "{object}"},
	rule{"spec.target.immutable", "{object}.immutable"},
	rule{"spec.target.creationPolicy", "{object}.external.creationPolicy"},
	rule{"spec.target.deletionPolicy", "{object}.external.deletionPolicy"},
	rule{"spec.target.template", "{object}"},
	rule{"spec.target.template.type", "{object}.type"},
	rule{"spec.target.template.mergePolicy", "{object}.external.template.mergePolicy"},
	rule{"spec.target.template.data.*", "{object}.external.template.data.*"},
	rule{"spec.target.template.metadata.*", "{object}.external.template.*"},
	rule{"spec.data", "{object}.external.data"},
	rule{"spec.data.{externalValue}", "{externalValue}"},
	rule{"spec.data.{externalValue}.secretKey", "{externalValue}"},
	rule{"spec.data.{externalValue}.remoteRef.*", "{externalValue}.*"},
	rule{"spec.data.{externalValue}.remoteRef.{externalRef}", "{externalRef}"},
	rule{"spec.dataFrom", "{object}.external"},
	rule{"spec.data.{externalValue}.sourceRef.storeRef.*", "{externalValue}.store.*"},
	rule{"spec.dataFrom.{wholeEntry}.extract.*", "{wholeEntry}.*"},
	rule{"spec.dataFrom.{externalSource}.*", "{externalSource}.*"},
	rule{"spec.dataFrom.{externalSource}.find.name.regexp", "{externalSource}.find.name"},
	rule{"spec.dataFrom.{externalSource}.rewrite.{externalRewrite}.*", "{externalRewrite}.*"},
	rule{"spec.dataFrom.{externalSource}.rewrite.{externalRewrite}.transform.template", "{externalRewrite}.transform"},
	rule{"spec.dataFrom.{externalSource}.sourceRef", "{externalSource}"},
	rule{"spec.dataFrom.{externalSource}.sourceRef.storeRef.*", "{externalSource}.store.*"},
	rule{"spec.dataFrom.{externalSource}.sourceRef.generatorRef.*", "{externalSource}.generator.*"},
	rule{"spec.dataFrom.{externalSource}.sourceRef.generatorRef.apiVersion", "{externalSource}.generator"},
)

var sealedSecretOrigins = objectOrigins("{object}",
	rule{"spec.encryptedData.*", "{object}.sealed.encryptedData.*"},
	rule{"spec.template", "{object}"},
	rule{"spec.template.immutable", "{object}.immutable"},
	rule{"spec.template.type", "{object}.type"},
)

// externalValuePlace is one key of a Secret whose values a store has.
func externalValuePlace(m *made, at tree.Path) (found, bool) {
	object, _ := objectPlace(m, nil)
	secret := m.service.Secrets.Get(keyOf(object.Path))
	if secret == nil || secret.External == nil {
		return found{}, false
	}
	value, ok := entryOf(secret.External.Data, at)
	if !ok {
		return found{}, false
	}
	return foundAt(object.Path.With("external", "data", value.Key)...), true
}

// externalRefPlace is the entry, and its version, that a key without one of its own
// takes from the whole.
func externalRefPlace(m *made, at tree.Path) (found, bool) {
	value, ok := externalValuePlace(m, at)
	if field := keyOf(at); !ok || field != "key" && field != "version" {
		return found{}, false
	}
	object, _ := objectPlace(m, nil)
	external := m.service.Secrets.Get(keyOf(object.Path)).External
	own := external.Data.Get(keyOf(value.Path))
	if own.Key != "" || keyOf(at) == "version" && own.Version != "" {
		return found{}, false
	}
	return foundAt(object.Path.With("external", keyOf(at))...), true
}

// wholeEntryPlace is the one source of a Secret that has all values of an entry.
func wholeEntryPlace(m *made, _ tree.Path) (found, bool) {
	object, _ := objectPlace(m, nil)
	secret := m.service.Secrets.Get(keyOf(object.Path))
	return foundAt(object.Path.With("external")...), secret != nil && secret.External != nil && secret.External.IsWhole()
}

// externalSourcePlace is one of dataFrom.
func externalSourcePlace(m *made, at tree.Path) (found, bool) {
	whole, isWhole := wholeEntryPlace(m, at)
	return foundAt(whole.Path.With("dataFrom", lastIndex(at))...), !isWhole
}

func externalRewritePlace(m *made, at tree.Path) (found, bool) {
	source, ok := externalSourcePlace(m, at[:len(at)-2])
	return foundAt(source.Path.With("rewrite", lastIndex(at))...), ok
}
