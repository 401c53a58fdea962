# One static binary and nothing else: no shell, no libraries, no user database.
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked && cp target/release/gatewright /gatewright

FROM scratch
COPY --from=build /gatewright /usr/local/bin/gatewright
# As a sidecar of Argo CD: the same image, with the command that Argo CD mounts.
COPY examples/gitops/argocd/plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
ENV PATH=/usr/local/bin
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/gatewright"]
