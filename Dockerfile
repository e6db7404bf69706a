# syntax=docker/dockerfile:1

# kgen as a static binary. Nothing in it is machine-dependent but the target.
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /kgen ./cmd/kgen

# With a shell and git, for CI systems that run their steps inside the image:
# docker build --target ci .
FROM alpine:3.22 AS ci
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /kgen /usr/local/bin/kgen
USER 65532:65532
WORKDIR /work

# kgen alone. It needs no network, no home and no temporary directory, so the root
# may be read-only; the project is mounted at /work.
FROM scratch
LABEL org.opencontainers.image.title="kgen" \
      org.opencontainers.image.description="Complete Kubernetes manifests from short, typed descriptions of services" \
      org.opencontainers.image.source="https://github.com/kgen-dev/kgen" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/LICENSE /LICENSE
COPY --from=build /kgen /kgen
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/kgen"]
