package schema

import "slices"

// The providers whose clusters kgen knows.
const (
	Generic = "generic"
	EKS     = "eks"
	GKE     = "gke"
	AKS     = "aks"
)

// What a fact about a provider is for.
const (
	ForIngressClass  = "an Ingress without className"
	ForIngress       = "an Ingress of that class"
	InternalIngress  = "ingress: internal: true"
	PublicIngress    = "ingress: internal: false"
	InternalService  = "service: internal: true"
	PublicService    = "service: internal: false"
	ForLoadBalancer  = "service: internal, without loadBalancerClass"
	ForOneNodeClaim  = "a claim of one node"
	ForSharedClaim   = "a claim of several nodes, ReadWriteMany"
	classAnnotation  = "kubernetes.io/ingress.class"
	albClass         = "alb"
	ingressClassName = "spec.ingressClassName"
	storageClassName = "spec.storageClassName"
)

// ProviderFact is what a provider's own documentation says about one thing that a
// service asks for.
type ProviderFact struct {
	Provider string
	For      string
	Key      string // an annotation, or a field
	Value    string // empty: nothing has to be said
	Why      string
	Source   string // the page of the provider's documentation
}

const (
	albClasses     = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/"
	albAnnotations = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/"
	nlbAnnotations = "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/"
	eksBalancers   = "https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html"
	gkeIngress     = "https://cloud.google.com/kubernetes-engine/docs/troubleshooting/ingress"
	gkeBalancers   = "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer"
	gkeParameters  = "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters"
	gkeDisks       = "https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/gce-pd-csi-driver"
	gkeFiles       = "https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver"
	aksRouting     = "https://learn.microsoft.com/azure/aks/app-routing"
	aksInternal    = "https://learn.microsoft.com/azure/aks/internal-lb"
	aksStorage     = "https://learn.microsoft.com/azure/aks/concepts-storage"
)

// ProviderFacts are all that kgen knows of providers. What is not here it leaves to the
// cluster: the storage of EKS has no class that every cluster has.
var ProviderFacts = []ProviderFact{
	{EKS, ForIngressClass, ingressClassName, albClass, "the class that the AWS Load Balancer Controller comes with; on EKS Auto Mode it is one that you make", albClasses},
	{EKS, ForIngress, "alb.ingress.kubernetes.io/target-type", "ip", "instance, the controller's own default, needs Services of type NodePort", albAnnotations},
	{EKS, InternalIngress, "alb.ingress.kubernetes.io/scheme", "internal", "internal is the controller's own default, said here for good", albAnnotations},
	{EKS, PublicIngress, "alb.ingress.kubernetes.io/scheme", "internet-facing", "the controller makes internal load balancers by default", albAnnotations},
	{EKS, InternalService, "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal", "internal is the controller's own default, said here for good", nlbAnnotations},
	{EKS, PublicService, "service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing", "the controller makes internal load balancers by default", nlbAnnotations},
	{EKS, ForLoadBalancer, "service.beta.kubernetes.io/aws-load-balancer-type", "external", "else the cloud provider may answer, which knows no scheme and puts a classic load balancer on the Internet", eksBalancers},
	{EKS, ForLoadBalancer, "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "ip", "the controller takes external only beside a target type; ip leads to pods, on Fargate too", eksBalancers},
	{GKE, ForIngress, classAnnotation, "gce", "GKE's controller goes by the annotation alone, and cannot be named by ingressClassName", gkeIngress},
	{GKE, InternalIngress, classAnnotation, "gce-internal", "the class of internal load balancers", gkeIngress},
	{GKE, PublicIngress, classAnnotation, "gce", "the class of external load balancers", gkeIngress},
	{GKE, InternalService, "networking.gke.io/load-balancer-type", "Internal", "load balancers are external otherwise; every supported release knows it", gkeParameters},
	{GKE, PublicService, "networking.gke.io/load-balancer-type", "", "load balancers are external by default", gkeBalancers},
	{GKE, ForOneNodeClaim, storageClassName, "standard-rwo", "the class of balanced disks; it comes with the persistent disk CSI driver, which Autopilot always has", gkeDisks},
	{GKE, ForSharedClaim, storageClassName, "standard-rwx", "disks cannot be shared; the class comes with the Filestore CSI driver", gkeFiles},
	{AKS, ForIngressClass, ingressClassName, "webapprouting.kubernetes.azure.com", "the class of the application routing add-on", aksRouting},
	{AKS, InternalService, "service.beta.kubernetes.io/azure-load-balancer-internal", "true", "load balancers are public otherwise", aksInternal},
	{AKS, PublicService, "service.beta.kubernetes.io/azure-load-balancer-internal", "", "load balancers are public by default", aksInternal},
	{AKS, ForOneNodeClaim, storageClassName, "managed-csi", "the class of standard SSDs that every cluster has; its class called default is the same", aksStorage},
	{AKS, ForSharedClaim, storageClassName, "azurefile-csi", "disks cannot be shared; every cluster has this class of Azure Files", aksStorage},
}

// ProviderFactFor is what is known of a provider for one thing, nil where nothing is.
func ProviderFactFor(provider, purpose string) *ProviderFact {
	for i := range ProviderFacts {
		if f := &ProviderFacts[i]; f.Provider == provider && f.For == purpose {
			return f
		}
	}
	return nil
}

// ProviderName is whose cluster the service goes to.
func (s *Service) ProviderName() string {
	if s.World == nil {
		return Generic
	}
	return or(s.World.Provider, Generic)
}

// defaultProvider fills in what the provider of the cluster asks for, where the service
// says nothing else.
func defaultProvider(s *Service) {
	provider := s.ProviderName()
	if provider == Generic {
		return
	}
	defaultIngressClass(provider, s.Ingress)
	if o := s.Service; o != nil {
		o.annotate(provider)
	}
	for i := range s.ExtraServices {
		s.ExtraServices[i].Value.annotate(provider)
	}
	for i := range s.Volumes {
		defaultStorageClass(provider, &s.Volumes[i].Value)
	}
}

func defaultIngressClass(provider string, in *Ingress) {
	if in == nil {
		return
	}
	if !in.Annotations.Has(classAnnotation) && in.ClassName == "" {
		if f := ProviderFactFor(provider, ForIngressClass); f != nil {
			in.ClassName = f.Value
		}
	}
	// What follows is for the provider's own controller.
	if isOwn := provider == EKS && in.ClassName == albClass || provider == GKE && in.ClassName == ""; !isOwn {
		return
	}
	if in.Internal != nil {
		addFact(&in.Annotations, ProviderFactFor(provider, either(*in.Internal, InternalIngress, PublicIngress)))
	}
	addFact(&in.Annotations, ProviderFactFor(provider, ForIngress))
}

func (o *ServiceOptions) annotate(provider string) {
	if o.Internal != nil && o.Type == "LoadBalancer" {
		addFact(&o.Annotations, ProviderFactFor(provider, either(*o.Internal, InternalService, PublicService)))
		if o.LoadBalancerClass == "" { // which names the controller
			for i := range ProviderFacts {
				if f := &ProviderFacts[i]; f.Provider == provider && f.For == ForLoadBalancer {
					addFact(&o.Annotations, f)
				}
			}
		}
	}
}

func defaultStorageClass(provider string, v *Volume) {
	if v.Size == "" || v.StorageClassName != nil {
		return
	}
	purpose := ForOneNodeClaim
	switch {
	case slices.Contains(v.AccessModes, "ReadWriteMany"):
		purpose = ForSharedClaim
	case len(v.AccessModes) == 1 && v.AccessModes[0] == "ReadOnlyMany":
		return // what it reads was made elsewhere, of a class that is not known
	}
	if f := ProviderFactFor(provider, purpose); f != nil {
		class := f.Value
		v.StorageClassName = &class
	}
}

// addFact adds an annotation that is not there.
func addFact(annotations *Map[Text], f *ProviderFact) {
	if f != nil && f.Value != "" && !annotations.Has(f.Key) {
		*annotations = append(*annotations, Entry[Text]{f.Key, Text{Value: f.Value}})
	}
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
