package validate

// Verdict explains an id of what the API server says, in sentences without a full
// stop.
type Verdict struct {
	ID       string
	Title    string // what is wrong
	Why, Fix string // why it matters, and what to do
}

const (
	refused = "the API server refuses the object, and nothing of it is applied"
	dropped = "the API server drops it in silence: the object is accepted, and does not do what it says"
)

// Verdicts are all ids that start with "api/", sorted.
var Verdicts = []Verdict{
	{Syntax, "no YAML or JSON, or a value of the wrong type", refused, "correct the value: the message says which type the field takes"},
	{Deprecated, "an API version that is served, but not for ever", "the manifest stops working with an upgrade of the cluster", "write the API version that the message names"},
	{DisabledField, "a field whose feature gate is off in this release", dropped, "remove the field, or say --feature-gates, or featureGates in kgen.cue, where the cluster has it on"},
	{Duplicate, "an element stands twice in a list where each has to be different", refused, "remove or rename one of the two"},
	{DuplicateField, "a key that stands twice in a map", "kubectl takes the last one in silence, and the other is lost", "remove one of the two"},
	{DuplicateObject, "two objects of one kind, namespace and name", "the one that is applied last replaces the other", "rename one of the two, or remove it"},
	{Forbidden, "a value that has no place here", refused, "remove it, or what forbids it: the message says what that is"},
	{Internal, "the API server's code gave up on the object", "kgen cannot say whether a server would take it", "report it, with the object: it is a mistake of kgen's"},
	{Invalid, "a value that breaks a rule of the API server's", refused, "correct the value: the message is the server's, and names the rule"},
	{NoObject, "a document that is no Kubernetes object", "kubectl apply ends with an error", "remove it from what is given to kubectl, or add apiVersion, kind and metadata.name"},
	{NotFound, "a name that refers to nothing in the object", refused, "correct the name, or add what it names"},
	{NotSupported, "a value that is none of those allowed", refused, "take one of the values that the message lists"},
	{Removed, "an API version that this release no longer serves", "kubectl ends with: no matches for kind", "write the API version that the message names"},
	{Required, "a value is missing", refused, "add it"},
	{TooLong, "a value with too many bytes", refused, "make it shorter"},
	{TooMany, "a list with too many elements", refused, "remove some, or split the object"},
	{TooNew, "an API version that this release does not serve yet", "kubectl ends with: no matches for kind; it works on a newer cluster, such as that for tests", "write an API version that the release serves, or say --kubernetes-version where the cluster is newer"},
	{UnknownField, "a field that the kind does not have, or not in this release", "kubectl refuses the object, and other clients drop the field in silence", "correct the name: the message has the nearest one; or move the field to where it belongs"},
	{UnknownKind, "a kind that Kubernetes does not have; as an information, one that is unchecked", "a mistake in the object is found only when it is applied", "correct apiVersion and kind, or say --crd for a custom resource"},
	{ServerWarning, "what the API server accepts with a warning", "kubectl prints it, and nobody reads what pipelines print", "do as the message says, which is the server's"},
}
