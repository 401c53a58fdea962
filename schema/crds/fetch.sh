#!/bin/sh
# Gets the CRD files that the facts in this folder are distilled from, for every supported version,
# out of the directories of Go modules, and lays them out as tests/it/distil reads them:
#
#   FOLDER/gateway-api/1.6/{standard,experimental}/*.yaml
#   FOLDER/envoy-gateway/1.9/*.yaml
#   FOLDER/istio/1.31/*.yaml
#
# Usage:
#
#   schema/crds/fetch.sh FOLDER
#   GATEWRIGHT_BLESS=1 GATEWRIGHT_CRDS=FOLDER cargo test distil
#
# Needs Go, and its module proxy (or a module cache that has the modules). To support another
# version, add its line here and its release to `Product::releases` in src/kube/product.rs.
set -eu

folder=${1:?usage: $0 FOLDER}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# Where the module is on this machine, downloaded first if need be. The folder is no Go module.
module_dir() {
    (cd "$folder" && GOFLAGS=-mod=mod GO111MODULE=on go mod download -json "$1") |
        sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p'
}

# copy MODULE@VERSION PATH TARGET: the YAML files of a folder of the module, or one file.
copy() {
    from=$(module_dir "$1")/$2
    mkdir -p "$folder/$3"
    if [ -d "$from" ]; then
        cp "$from"/*.yaml "$folder/$3/"
    else
        cp "$from" "$folder/$3/"
    fi
    chmod u+w "$folder/$3"/*.yaml
}

for version in 1.4.1 1.5.1 1.6.1; do
    for channel in standard experimental; do
        copy "sigs.k8s.io/gateway-api@v$version" "config/crd/$channel" \
            "gateway-api/${version%.*}/$channel"
    done
done

# The chart got a subchart of its CRDs in 1.8.
charts=charts/gateway-helm
copy github.com/envoyproxy/gateway@v1.7.0 $charts/crds/generated envoy-gateway/1.7
copy github.com/envoyproxy/gateway@v1.8.3 $charts/charts/crds/crds/generated envoy-gateway/1.8
copy github.com/envoyproxy/gateway@v1.9.1 $charts/charts/crds/crds/generated envoy-gateway/1.9

for version in 1.29.3 1.30.8 1.31.4; do
    copy "istio.io/api@v$version" kubernetes/customresourcedefinitions.gen.yaml \
        "istio/${version%.*}"
done
