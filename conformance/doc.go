// Package conformance compares kgen's verdicts with those of the API server
// itself: the server's create handler, registries and admission plugins, run in
// this process over a storage that keeps nothing.
//
// It is a module of its own, because the registries bring in etcd's client and
// the kubelet's, and need replace directives, which the tool must do without.
package conformance
