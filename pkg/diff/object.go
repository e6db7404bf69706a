package diff

import (
	"reflect"
	"slices"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// metadata is the metadata of an object as it was written.
type metadata struct{ *value }

// meta reads the metadata alone.
func (o *Object) meta() metadata {
	switch v := o.Value.(type) {
	case manifest.Typed:
		field := reflect.ValueOf(v).Elem().FieldByName("ObjectMeta")
		if field.IsValid() {
			return metadata{ofTyped(field, field)}
		}
	case *tree.Node:
		return metadata{ofNode(v.Get("metadata"))}
	}
	return metadata{}
}

// owners are the owner references.
func (m metadata) owners() (owners []*value) {
	if list := m.at("ownerReferences"); list != nil {
		for i := range list.fields {
			owners = append(owners, list.fields[i].value)
		}
	}
	return owners
}

// ofServer are the fields of the metadata that the server fills in.
var ofServer = []string{"uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields"}

// appliedAnnotation holds the manifest that kubectl applied last, values of Secrets
// included.
const appliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration"

// value is an object as it is compared, without what names it and what is the
// server's.
func (o *Object) value() *value {
	made := &value{kind: tree.Map}
	switch v := o.Value.(type) {
	case manifest.Typed:
		filled := reflect.ValueOf(apiserver.Defaulted(v))
		if whole := ofTyped(filled.Elem(), reflect.ValueOf(v).Elem()); whole != nil {
			made = whole
			made.settleAccount()
		}
	case *tree.Node:
		if whole := ofNode(v); whole != nil && whole.kind == tree.Map {
			made = whole
		}
	}
	made.drop("apiVersion", "kind", "status")
	if token := made.get("automountServiceAccountToken"); o.Kind == "ServiceAccount" && token != nil && token.text == "true" {
		made.drop("automountServiceAccountToken") // the admission of pods takes none for true
	}
	if claims := made.at("spec", "volumeClaimTemplates"); claims != nil && o.Kind == "StatefulSet" {
		for i := range claims.fields { // the server says of each what it is
			claims.fields[i].value.drop("apiVersion", "kind", "status")
		}
	}
	if meta := made.get("metadata"); meta != nil {
		meta.drop("name", "namespace")
		meta.drop(ofServer...)
		meta.at("annotations").drop(appliedAnnotation)
		if annotations := meta.at("annotations"); annotations != nil && len(annotations.fields) == 0 {
			meta.drop("annotations")
		}
		if len(meta.fields) == 0 {
			made.drop("metadata")
		}
	}
	if isSecret(o) {
		for _, field := range secretFields {
			if data := made.get(field); data != nil {
				hide(data)
			}
		}
	}
	hideNamed(made)
	return made
}

// settleAccount leaves pods one name of their account: the server sets the one that the
// field had before Kubernetes 1.0 to the other, or the other to that.
func (v *value) settleAccount() {
	const name, former = "serviceAccountName", "serviceAccount"
	for _, pods := range [][]string{{"spec"}, {"spec", "template", "spec"}, {"spec", "jobTemplate", "spec", "template", "spec"}} {
		spec := v.at(pods...)
		if spec.get(former) == nil {
			continue
		}
		if spec.get(name) != nil {
			spec.drop(former)
			continue
		}
		for i := range spec.fields {
			if f := &spec.fields[i]; f.key == former {
				f.key = name
			}
		}
	}
}

// hideNamed hides what is a secret by its name where it should not stand: keys of a
// ConfigMap, and variables. What comes from a cluster may have been written by hand.
func hideNamed(v *value) {
	for _, field := range []string{"data", "binaryData"} {
		if data := v.get(field); data != nil {
			for i := range data.fields {
				if secrets.IsName(data.fields[i].key) {
					hide(data.fields[i].value)
				}
			}
		}
	}
	hideVariables(v)
}

func hideVariables(v *value) {
	for i := range v.fields {
		e := &v.fields[i]
		if e.key != "env" || e.value.kind != tree.List {
			hideVariables(e.value)
			continue
		}
		for j := range e.value.fields {
			variable := e.value.fields[j].value
			if text := variable.get("value"); text != nil && secrets.IsName(textOf(variable.get("name"))) {
				hide(text)
			}
		}
	}
}

// secretFields are where a Secret has its values.
var secretFields = []string{"data", "stringData"}

// isSecret reports whether an object holds values that are not to be shown. The group
// does not count: a mistake in it shows nothing.
func isSecret(o *Object) bool { return o.Kind == "Secret" }

func hide(v *value) {
	v.isSecret = v.isScalar() || v.kind == tree.List
	for i := range v.fields {
		hide(v.fields[i].value)
	}
}

// settle brings two objects to what can be compared: one API version, Secrets without
// stringData, and values of Secrets that nobody asked for as they are on the other side.
func settle(old, now *Object) {
	for _, o := range []*Object{old, now} {
		switch v := o.Value.(type) {
		case *corev1.Secret:
			o.Value = withoutStrings(v)
		case *autoscalingv1.HorizontalPodAutoscaler:
			other := old
			if o == old {
				other = now
			}
			if _, isNewer := other.Value.(*autoscalingv2.HorizontalPodAutoscaler); isNewer {
				if converted := apiserver.AutoscalerV2(v); converted != nil {
					o.Value = converted
				}
			}
		}
	}
	before, wasSecret := old.Value.(*corev1.Secret)
	after, isSecret := now.Value.(*corev1.Secret)
	if wasSecret && isSecret {
		fillUnknown(before, after)
		fillUnknown(after, before)
	}
}

// withoutStrings is a Secret as the server stores it.
func withoutStrings(s *corev1.Secret) *corev1.Secret {
	s = s.DeepCopy()
	for name, text := range s.StringData {
		if s.Data == nil {
			s.Data = map[string][]byte{}
		}
		s.Data[name] = []byte(text)
	}
	s.StringData = nil
	return s
}

// fillUnknown gives values that are not known those of the other side.
func fillUnknown(s, from *corev1.Secret) {
	for name, data := range s.Data {
		if known := from.Data[name]; data == nil && known != nil {
			s.Data[name] = slices.Clone(known)
		}
	}
}
