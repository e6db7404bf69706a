package addon

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// The routes of the Gateway API, gateway.networking.k8s.io/v1, standard channel.

// HTTPRoute leads HTTP requests that a Gateway takes to Services.
type HTTPRoute = Object[RouteSpec[HTTPRouteMatch]]

// GRPCRoute leads gRPC calls that a Gateway takes to Services.
type GRPCRoute = Object[RouteSpec[GRPCRouteMatch]]

// RouteSpec says which requests of which Gateways lead where.
type RouteSpec[M any] struct {
	ParentRefs []RouteParent  `json:"parentRefs,omitempty"`
	Hostnames  []string       `json:"hostnames,omitempty"`
	Rules      []RouteRule[M] `json:"rules,omitempty"`
}

// The fields that the CRDs default are written too where they lie in a list: whoever
// compares lists as a whole, as Argo CD does (argoproj/argo-cd#22151), sees a difference
// for ever otherwise.

// RouteParent is a Gateway, or one of its listeners.
type RouteParent struct {
	Group       string `json:"group"`
	Kind        string `json:"kind"`
	Namespace   string `json:"namespace,omitempty"`
	Name        string `json:"name"`
	SectionName string `json:"sectionName,omitempty"`
	Port        int32  `json:"port,omitempty"`
}

// RouteRule leads the requests that match to backends.
type RouteRule[M any] struct {
	Name        string         `json:"name,omitempty"`
	Matches     []M            `json:"matches,omitempty"`
	Filters     []RouteFilter  `json:"filters,omitempty"`
	BackendRefs []RouteBackend `json:"backendRefs,omitempty"`
	Timeouts    *RouteTimeouts `json:"timeouts,omitempty"`
}

// HTTPRouteMatch is what a request has to be.
type HTTPRouteMatch struct {
	Path        RoutePathMatch    `json:"path"`
	Headers     []RouteValueMatch `json:"headers,omitempty"`
	QueryParams []RouteValueMatch `json:"queryParams,omitempty"`
	Method      string            `json:"method,omitempty"`
}

// GRPCRouteMatch is what a call has to be.
type GRPCRouteMatch struct {
	Method  *GRPCMethodMatch  `json:"method,omitempty"`
	Headers []RouteValueMatch `json:"headers,omitempty"`
}

// RoutePathMatch is the path of a request.
type RoutePathMatch struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// RouteValueMatch is a header or a parameter of the query.
type RouteValueMatch struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// GRPCMethodMatch is a method of a gRPC service.
type GRPCMethodMatch struct {
	Type    string `json:"type"`
	Service string `json:"service,omitempty"`
	Method  string `json:"method,omitempty"`
}

// RouteBackend is where requests go, and how many of them.
type RouteBackend struct {
	RouteObject `json:",inline"`
	Weight      int32         `json:"weight"`
	Filters     []RouteFilter `json:"filters,omitempty"`
}

// RouteObject is a Service, or what another kind of backend there is.
type RouteObject struct {
	Group     string `json:"group"`
	Kind      string `json:"kind"`
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
	Port      int32  `json:"port,omitempty"`
}

// RouteTimeouts are durations.
type RouteTimeouts struct {
	Request        string `json:"request,omitempty"`
	BackendRequest string `json:"backendRequest,omitempty"`
}

// RouteFilter changes requests on the way.
type RouteFilter struct {
	Type                   string                 `json:"type"`
	RequestHeaderModifier  *RouteHeaders          `json:"requestHeaderModifier,omitempty"`
	ResponseHeaderModifier *RouteHeaders          `json:"responseHeaderModifier,omitempty"`
	RequestMirror          *RouteMirror           `json:"requestMirror,omitempty"`
	RequestRedirect        *RouteRedirect         `json:"requestRedirect,omitempty"`
	URLRewrite             *schema.RouteRewrite   `json:"urlRewrite,omitempty"`
	CORS                   *schema.RouteCORS      `json:"cors,omitempty"`
	ExtensionRef           *schema.RouteExtension `json:"extensionRef,omitempty"`
}

// RouteHeaders changes headers.
type RouteHeaders struct {
	Set    []corev1.HTTPHeader `json:"set,omitempty"`
	Add    []corev1.HTTPHeader `json:"add,omitempty"`
	Remove []string            `json:"remove,omitempty"`
}

// RouteMirror sends a copy of requests elsewhere.
type RouteMirror struct {
	BackendRef RouteObject           `json:"backendRef"`
	Percent    *int32                `json:"percent,omitempty"`
	Fraction   *schema.RouteFraction `json:"fraction,omitempty"`
}

// RouteRedirect answers with another address.
type RouteRedirect struct {
	Scheme     string                  `json:"scheme,omitempty"`
	Hostname   string                  `json:"hostname,omitempty"`
	Path       *schema.RoutePathChange `json:"path,omitempty"`
	Port       int32                   `json:"port,omitempty"`
	StatusCode int                     `json:"statusCode"`
}
