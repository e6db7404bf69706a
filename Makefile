.PHONY: build test check update bench

build:
	CGO_ENABLED=0 go build -trimpath -o bin/kgen ./cmd/kgen

test:
	go test ./...

# check is what CI runs.
check:
	.ci/run

# update accepts new output; look at the diff.
update:
	go generate ./...
	KGEN_UPDATE=1 go test -count=1 ./...

# bench prints the parts, and then the built binary as a whole.
bench:
	go test -run '^$$' -bench . -benchmem ./...
	KGEN_BENCH=1 go test -count=1 -run '^TestBinaryTable$$' -v ./pkg/render
