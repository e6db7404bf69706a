package schema

// Release is how a new version takes over: one of BlueGreen and Canary.
type Release struct {
	BlueGreen *BlueGreen `json:"blueGreen,omitempty"`
	Canary    *Canary    `json:"canary,omitempty"`
}

// BlueGreen is two Deployments, of which the Service selects the active one.
type BlueGreen struct {
	Active string `json:"active"` // blue or green
	Blue   Side   `json:"blue,omitempty"`
	Green  Side   `json:"green,omitempty"`
}

// Side is one of the two Deployments. Replicas is how many pods it has while it is
// idle.
type Side struct {
	Image    Image  `json:"image,omitempty"`
	Replicas *int32 `json:"replicas,omitempty"`
}

// Canary is a second Deployment that gets a share of the requests, in percent.
type Canary struct {
	Image    Image  `json:"image"`
	Weight   int32  `json:"weight"`
	Replicas *int32 `json:"replicas,omitempty"`
}
