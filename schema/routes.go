package schema

import corev1 "k8s.io/api/core/v1"

// Route leads requests that a Gateway takes to ports. The fields of routes are
// those of the Gateway API, v1, in its standard channel; ports may be named, and
// a backend may be a service.
type Route struct {
	ObjectName  string            `json:"objectName,omitempty"`
	Annotations Map[Text]         `json:"annotations,omitempty"`
	Gateway     *RouteParent      `json:"gateway,omitempty"`
	ParentRefs  []RouteParent     `json:"parentRefs,omitempty"`
	Hostnames   []string          `json:"hostnames,omitempty"`
	Paths       Map[RouteBackend] `json:"paths,omitempty"`
}

// HTTPRoute leads HTTP requests.
type HTTPRoute struct {
	Route `json:",inline"`
	Rules []HTTPRouteRule `json:"rules,omitempty"`
}

// GRPCRoute leads gRPC calls.
type GRPCRoute struct {
	Route `json:",inline"`
	Rules []GRPCRouteRule `json:"rules,omitempty"`
}

// RouteParent is a Gateway, or one of its listeners.
type RouteParent struct {
	Group       *string `json:"group,omitempty"`
	Kind        *string `json:"kind,omitempty"`
	Namespace   string  `json:"namespace,omitempty"`
	Name        string  `json:"name"`
	SectionName string  `json:"sectionName,omitempty"`
	Port        int32   `json:"port,omitempty"`
}

// RouteBackend is where a path leads: a port of this service, or of Service.
type RouteBackend struct {
	Port     IntOrName `json:"port,omitempty"` // the Service's; empty: the only or first
	Service  string    `json:"service,omitempty"`
	PathType string    `json:"pathType,omitempty"`
}

// HTTPRouteRule leads the requests that match to backends.
type HTTPRouteRule struct {
	Name        string            `json:"name,omitempty"`
	Matches     []HTTPRouteMatch  `json:"matches,omitempty"`
	Filters     []RouteFilter     `json:"filters,omitempty"`
	BackendRefs []RouteBackendRef `json:"backendRefs,omitempty"`
	Timeouts    *RouteTimeouts    `json:"timeouts,omitempty"`
}

// GRPCRouteRule leads the calls that match to backends.
type GRPCRouteRule struct {
	Name        string            `json:"name,omitempty"`
	Matches     []GRPCRouteMatch  `json:"matches,omitempty"`
	Filters     []RouteFilter     `json:"filters,omitempty"`
	BackendRefs []RouteBackendRef `json:"backendRefs,omitempty"`
}

// HTTPRouteMatch is what a request has to be.
type HTTPRouteMatch struct {
	Path        *RoutePathMatch   `json:"path,omitempty"`
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
	Type  string `json:"type,omitempty"`
	Value string `json:"value,omitempty"`
}

// RouteValueMatch is a header or a parameter of the query.
type RouteValueMatch struct {
	Type  string `json:"type,omitempty"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// GRPCMethodMatch is a method of a gRPC service.
type GRPCMethodMatch struct {
	Type    string `json:"type,omitempty"`
	Service string `json:"service,omitempty"`
	Method  string `json:"method,omitempty"`
}

// RouteBackendRef is where requests go, and their share.
type RouteBackendRef struct {
	Group     string        `json:"group,omitempty"`
	Kind      string        `json:"kind,omitempty"`
	Name      string        `json:"name,omitempty"` // a service, else a Service; empty: this service
	Namespace string        `json:"namespace,omitempty"`
	Port      IntOrName     `json:"port,omitempty"` // empty: the only or first
	Weight    *int32        `json:"weight,omitempty"`
	Filters   []RouteFilter `json:"filters,omitempty"`
}

// RouteTimeouts are durations.
type RouteTimeouts struct {
	Request        string `json:"request,omitempty"`
	BackendRequest string `json:"backendRequest,omitempty"`
}

// RouteFilter changes requests on the way: Type says which of the other fields
// stands.
type RouteFilter struct {
	Type                   string          `json:"type"`
	RequestHeaderModifier  *RouteHeaders   `json:"requestHeaderModifier,omitempty"`
	ResponseHeaderModifier *RouteHeaders   `json:"responseHeaderModifier,omitempty"`
	RequestMirror          *RouteMirror    `json:"requestMirror,omitempty"`
	RequestRedirect        *RouteRedirect  `json:"requestRedirect,omitempty"`
	URLRewrite             *RouteRewrite   `json:"urlRewrite,omitempty"`
	CORS                   *RouteCORS      `json:"cors,omitempty"`
	ExtensionRef           *RouteExtension `json:"extensionRef,omitempty"`
}

// RouteHeaders changes headers.
type RouteHeaders struct {
	Set    []corev1.HTTPHeader `json:"set,omitempty"`
	Add    []corev1.HTTPHeader `json:"add,omitempty"`
	Remove []string            `json:"remove,omitempty"`
}

// RouteMirror sends a copy of requests elsewhere.
type RouteMirror struct {
	BackendRef RouteMirrorBackend `json:"backendRef"`
	Percent    *int32             `json:"percent,omitempty"`
	Fraction   *RouteFraction     `json:"fraction,omitempty"`
}

// RouteMirrorBackend is where copies of requests go.
type RouteMirrorBackend struct {
	Group     string    `json:"group,omitempty"`
	Kind      string    `json:"kind,omitempty"`
	Name      string    `json:"name,omitempty"`
	Namespace string    `json:"namespace,omitempty"`
	Port      IntOrName `json:"port,omitempty"`
}

// RouteFraction is Numerator/Denominator.
type RouteFraction struct {
	Numerator   int32  `json:"numerator"`
	Denominator *int32 `json:"denominator,omitempty"`
}

// RouteRedirect answers with another address.
type RouteRedirect struct {
	Scheme     string           `json:"scheme,omitempty"`
	Hostname   string           `json:"hostname,omitempty"`
	Path       *RoutePathChange `json:"path,omitempty"`
	Port       int32            `json:"port,omitempty"`
	StatusCode int              `json:"statusCode,omitempty"`
}

// RouteRewrite changes the host and the path of requests.
type RouteRewrite struct {
	Hostname string           `json:"hostname,omitempty"`
	Path     *RoutePathChange `json:"path,omitempty"`
}

// RoutePathChange is another path, or another start of it.
type RoutePathChange struct {
	Type               string  `json:"type"`
	ReplaceFullPath    *string `json:"replaceFullPath,omitempty"`
	ReplacePrefixMatch *string `json:"replacePrefixMatch,omitempty"`
}

// RouteCORS says which web pages may read the answers.
type RouteCORS struct {
	AllowOrigins     []string `json:"allowOrigins,omitempty"`
	AllowCredentials *bool    `json:"allowCredentials,omitempty"`
	AllowMethods     []string `json:"allowMethods,omitempty"`
	AllowHeaders     []string `json:"allowHeaders,omitempty"`
	ExposeHeaders    []string `json:"exposeHeaders,omitempty"`
	MaxAge           int32    `json:"maxAge,omitempty"`
}

// RouteExtension is a filter of the Gateway's own.
type RouteExtension struct {
	Group string `json:"group"`
	Kind  string `json:"kind"`
	Name  string `json:"name"`
}
