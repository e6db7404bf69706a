package conformance

import (
	"context"
	"net/http"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
)

// reasonStored is the reason of the error with which the storage answers an
// object that it would have stored. An error, because it makes the registry give
// back the cluster IPs and node ports, so that no document changes what the next
// one finds.
const reasonStored metav1.StatusReason = "Stored"

// noStorage is etcd to the registries. Only what creating needs is there.
type noStorage struct {
	storage.Interface
	versioner storage.Versioner
}

// Create makes the one check that the real storage adds.
func (s noStorage) Create(_ context.Context, _ string, obj, _ runtime.Object, _ uint64) error {
	if version, err := s.versioner.ObjectResourceVersion(obj); err == nil && version != 0 {
		return storage.ErrResourceVersionSetOnCreate
	}
	return &apierrors.StatusError{ErrStatus: metav1.Status{
		Status: metav1.StatusFailure, Reason: reasonStored, Code: http.StatusTeapot, Message: "would have been stored",
	}}
}

// Versioner reads and writes resource versions.
func (s noStorage) Versioner() storage.Versioner { return s.versioner }

// ReadinessCheck finds no fault.
func (s noStorage) ReadinessCheck() error { return nil }

// restOptions give a registry the storage that keeps nothing.
func restOptions() generic.RESTOptions {
	decorate := func(
		*storagebackend.ConfigForResource, string, func(runtime.Object) (string, error), func() runtime.Object,
		func() runtime.Object, storage.AttrFunc, storage.IndexerFuncs, *cache.Indexers,
	) (storage.Interface, factory.DestroyFunc, error) {
		return noStorage{versioner: storage.APIObjectVersioner{}}, func() {}, nil
	}
	config := storagebackend.NewDefaultConfig("/registry", legacyscheme.Codecs.LegacyCodec(core.SchemeGroupVersion))
	return generic.RESTOptions{
		StorageConfig:  config.ForResource(core.Resource("any")),
		Decorator:      decorate,
		ResourcePrefix: "any",
	}
}
