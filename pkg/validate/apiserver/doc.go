// Package apiserver gives the API server's verdict on a new object without a
// server: it runs the server's own defaulting, conversion and validation, and
// reproduces the glue around them, which Kubernetes keeps in packages that drag
// in etcd and the kubelet's client.
//
// Judged as a kube-apiserver 1.36 with its default admission plugins judges, or,
// inside As, as an older release does. What only the cluster knows is assumed in
// the object's favour: namespaces, classes and referenced objects exist, no quota
// or limit range applies, any cluster IP is free and within the service range,
// services may have both IP families, node ports are 30000-32767 (the default),
// privileged containers are allowed. Whether the user may do what is asked is not
// judged.
package apiserver
