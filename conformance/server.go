package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/handlers"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"
)

// maxBody is the most bytes that the server takes in a request.
const maxBody = 3 << 20

// Server is the create path of a kube-apiserver. It serves one document at a time.
type Server struct {
	resources map[schema.GroupVersionKind]resource
	cluster   *cluster
}

type resource struct {
	namespaced bool
	info       request.RequestInfo
	create     func() http.Handler // a new one for each request, as the server makes them
}

// NewServer makes a server of the process's feature gates, as --allow-privileged
// and with the default plugins.
func NewServer() (*Server, error) {
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
	all, err := registries()
	if err != nil {
		return nil, err
	}
	admit, known, err := plugins()
	if err != nil {
		return nil, err
	}
	s := &Server{resources: map[schema.GroupVersionKind]resource{}, cluster: known}
	for _, r := range all {
		gvk := schema.FromAPIVersionAndKind(r.apiVersion, r.kind)
		if s.resources[gvk], err = newResource(gvk, r, admit); err != nil {
			return nil, fmt.Errorf("serve %s: %w", r.resource, err)
		}
	}
	return s, nil
}

// newResource is the part of the server's installer that is about creating.
func newResource(gvk schema.GroupVersionKind, r registry, admit admission.Interface) (resource, error) {
	scheme := legacyscheme.Scheme
	hub := schema.GroupVersion{Group: gvk.Group, Version: runtime.APIVersionInternal}
	fields, err := managedfields.NewDefaultFieldManager(managedfields.NewDeducedTypeConverter(), scheme, scheme, scheme, gvk, hub, "", nil)
	if err != nil {
		return resource{}, err
	}
	namespaced := r.store.(rest.Scoper).NamespaceScoped()
	scope := &handlers.RequestScope{
		Namer:               handlers.ContextBasedNaming{Namer: meta.NewAccessor(), ClusterScoped: !namespaced},
		Serializer:          legacyscheme.Codecs,
		ParameterCodec:      legacyscheme.ParameterCodec,
		Creater:             scheme,
		Convertor:           scheme,
		Defaulter:           scheme,
		Typer:               scheme,
		UnsafeConvertor:     runtime.UnsafeObjectConvertor(scheme),
		FieldManager:        fields,
		Resource:            gvk.GroupVersion().WithResource(r.resource),
		Kind:                gvk,
		HubGroupVersion:     hub,
		MetaGroupVersion:    metav1.SchemeGroupVersion,
		MaxRequestBodyBytes: maxBody,
	}
	scope.EquivalentResourceMapper = runtime.NewEquivalentResourceRegistry()
	info := request.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIPrefix: "apis",
		APIGroup: gvk.Group, APIVersion: gvk.Version, Resource: r.resource,
	}
	create := func() http.Handler { return handlers.CreateResource(r.store, scope, admit) }
	return resource{namespaced, info, create}, nil
}

// Handles reports whether the server has the kind.
func (s *Server) Handles(apiVersion, kind string) bool {
	_, ok := s.resources[schema.FromAPIVersionAndKind(apiVersion, kind)]
	return ok
}

// Create is the answer to one YAML document, sent as kubectl create sends it.
func (s *Server) Create(document []byte) Answer {
	body, err := send(document)
	if err != nil {
		return Answer{Stage: Parsing, Message: err.Error()}
	}
	var head struct {
		APIVersion, Kind any
		Metadata         any
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return Answer{Stage: Parsing, Message: err.Error()}
	}
	apiVersion, _ := head.APIVersion.(string)
	kind, _ := head.Kind.(string)
	r, ok := s.resources[schema.FromAPIVersionAndKind(apiVersion, kind)]
	if !ok {
		return Answer{Stage: Parsing, Message: fmt.Sprintf("no kind %q in version %q", kind, apiVersion)}
	}
	info := r.info
	if r.namespaced {
		info.Namespace = "default"
		meta, _ := head.Metadata.(map[string]any)
		if namespace, _ := meta["namespace"].(string); namespace != "" {
			info.Namespace = namespace
		}
	}
	pod := &corev1.Pod{}
	if kind == "Pod" && json.Unmarshal(body, pod) != nil {
		pod = &corev1.Pod{} // it is refused before a plugin looks
	}
	if err := s.cluster.hold(info.Namespace, pod); err != nil {
		return Answer{Stage: Storing, Message: err.Error()}
	}
	return r.post(&info, body)
}

// post sends a body to the handler.
func (r *resource) post(info *request.RequestInfo, body []byte) Answer {
	recorder := &warnings{}
	ctx := request.WithRequestInfo(context.Background(), info)
	ctx = request.WithUser(ctx, &user.DefaultInfo{Name: "conformance"})
	ctx = warning.WithWarningRecorder(ctx, recorder)
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/?fieldValidation=Strict", bytes.NewReader(body))
	req.Header.Set("Content-Type", runtime.ContentTypeJSON)
	req.Header.Set("Accept", runtime.ContentTypeJSON)
	response := httptest.NewRecorder()
	if text := serve(r.create(), response, req); text != "" {
		return Answer{Stage: Panicking, Message: text}
	}
	var status metav1.Status
	if err := json.Unmarshal(response.Body.Bytes(), &status); err != nil {
		return Answer{Stage: Storing, Message: fmt.Sprintf("unreadable answer %q: %v", response.Body, err)}
	}
	answer := answerOf(&status)
	slices.Sort(recorder.texts)
	answer.Warnings = slices.Compact(recorder.texts)
	return answer
}

// serve has the handler answer, and returns how it panicked.
func serve(handler http.Handler, response http.ResponseWriter, req *http.Request) (panicked string) {
	defer func() {
		if r := recover(); r != nil {
			panicked, _, _ = strings.Cut(fmt.Sprint(r), "\n")
		}
	}()
	handler.ServeHTTP(response, req)
	return ""
}
