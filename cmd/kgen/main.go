// Command kgen turns short, typed descriptions of services into complete
// Kubernetes manifests.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], thisProcess()))
}
