package convert

// PortNames are names for ports that have none in the input, by what is spoken there by
// custom: the registry of IANA, and what the images of these programs listen on.
var PortNames = map[int32]string{
	22: "ssh", 25: "smtp", 53: "dns", 80: "http", 443: "https", 1883: "mqtt", 2379: "etcd", 3000: "http", 3306: "mysql", 4200: "http", 4317: "otlp-grpc",
	4318: "otlp-http", 5000: "http", 5432: "postgres", 5672: "amqp", 6379: "redis", 8000: "http", 8080: "http", 8081: "http", 8443: "https", 8888: "http",
	9000: "http", 9042: "cql", 9090: "http", 9092: "kafka", 9200: "http", 11211: "memcached", 27017: "mongo", 50051: "grpc",
}
