package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// internalAddress refuses internal where nothing can be made of it.
func internalAddress(s *schema.Service, sink *report.Sink) {
	if o := s.Service; o != nil {
		internalService(s, o, sink, tree.P("service"))
	}
	for i := range s.ExtraServices {
		internalService(s, &s.ExtraServices[i].Value.ServiceOptions, sink, tree.P("extraServices", s.ExtraServices[i].Key))
	}
	in := s.Ingress
	if in == nil || in.Internal == nil {
		return
	}
	at, provider := tree.P("ingress", "internal"), s.ProviderName()
	isOwn := provider == schema.EKS && in.ClassName == "alb" || provider == schema.GKE && in.ClassName == ""
	switch {
	case provider == schema.Generic:
		noProvider(sink, at, "ingress")
	case !isOwn && provider == schema.AKS:
		sink.Errorf(schema.UnknownProvider, at, "on AKS it is the class that is internal or public").
			Fix = "set ingress: className to that of an internal controller, and remove internal"
	case !isOwn:
		sink.Errorf(schema.UnknownProvider, at, "only the provider's own controller has internal load balancers, and the class is %q", in.ClassName).
			Fix = "remove internal, or className"
	}
}

func internalService(s *schema.Service, o *schema.ServiceOptions, sink *report.Sink, of tree.Path) {
	switch at := of.With("internal"); {
	case o.Internal == nil:
	case o.Type != "LoadBalancer":
		sink.Errorf(schema.UnknownProvider, at, "only a load balancer is internal or public").Fix = `set type: "LoadBalancer", or remove internal`
	case s.ProviderName() == schema.Generic:
		noProvider(sink, at, "service")
	}
}

func noProvider(sink *report.Sink, at tree.Path, field string) {
	sink.Errorf(schema.UnknownProvider, at, "how a load balancer is made internal or public depends on the provider, and kgen.cue names none").
		Fix = `set provider: "eks", "gke" or "aks" in kgen.cue, or write the annotation under ` + field + ": annotations"
}
