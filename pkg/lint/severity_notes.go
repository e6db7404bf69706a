package lint

// Notes of rules whose severity hangs on what else there is.
const (
	danglingNote = "It is an error among what services are rendered to, and a warning among other manifests, for what is named may live elsewhere."
	overlapNote  = "It is a warning where the two may be meant for two clusters or namespaces."
)
