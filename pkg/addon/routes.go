package addon

import "github.com/kgen-dev/kgen/schema"

// The routes of the Gateway API, gateway.networking.k8s.io/v1, standard channel.

// HTTPRoute leads HTTP requests that a Gateway takes to Services.
type HTTPRoute = Object[RouteSpec[HTTPRouteMatch]]

// GRPCRoute leads gRPC calls that a Gateway takes to Services.
type GRPCRoute = Object[RouteSpec[schema.GRPCRouteMatch]]

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
	Name        string                `json:"name,omitempty"`
	Matches     []M                   `json:"matches,omitempty"`
	Filters     []RouteFilter         `json:"filters,omitempty"`
	BackendRefs []RouteBackend        `json:"backendRefs,omitempty"`
	Timeouts    *schema.RouteTimeouts `json:"timeouts,omitempty"`
}

// HTTPRouteMatch is what a request has to be.
type HTTPRouteMatch struct {
	Path        schema.RoutePathMatch    `json:"path"`
	Headers     []schema.RouteValueMatch `json:"headers,omitempty"`
	QueryParams []schema.RouteValueMatch `json:"queryParams,omitempty"`
	Method      string                   `json:"method,omitempty"`
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

// RouteFilter changes requests on the way.
type RouteFilter struct {
	Type                   string                 `json:"type"`
	RequestHeaderModifier  *schema.RouteHeaders   `json:"requestHeaderModifier,omitempty"`
	ResponseHeaderModifier *schema.RouteHeaders   `json:"responseHeaderModifier,omitempty"`
	RequestMirror          *RouteMirror           `json:"requestMirror,omitempty"`
	RequestRedirect        *schema.RouteRedirect  `json:"requestRedirect,omitempty"`
	URLRewrite             *schema.RouteRewrite   `json:"urlRewrite,omitempty"`
	CORS                   *schema.RouteCORS      `json:"cors,omitempty"`
	ExtensionRef           *schema.RouteExtension `json:"extensionRef,omitempty"`
}

// RouteMirror sends a copy of requests elsewhere.
type RouteMirror struct {
	BackendRef RouteObject           `json:"backendRef"`
	Percent    *int32                `json:"percent,omitempty"`
	Fraction   *schema.RouteFraction `json:"fraction,omitempty"`
}
