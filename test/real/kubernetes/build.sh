#!/usr/bin/env bash
# Builds one part of a Kubernetes without nodes from package registries alone, once, and prints the folder that holds its
# programs. Exits 1 where this machine cannot, and prints why. What it has compiled is kept, so that a second call goes on.
#   build.sh helm | etcd | kubernetes | argocd | redis
# CPU seconds: helm 140, kubernetes 510 (kube-apiserver, kube-controller-manager), argocd 430; the others are unpacked.
set -euo pipefail
helm=3.18.4 client=33 # the minor version of k8s.io/client-go in its go.mod
kubernetes=1.35.4
argocd=3.2.6 # Later ones do not build from the proxy: a folder of theirs is a module of its own, which their zip lacks.
part=${1:?a part: helm, etcd, kubernetes, argocd or redis}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/edge-orchestrator-aws/kubernetes

refuse() { echo "$1"; exit 1; }
say() { echo "$part: $*" >&2; }
# A hanging registry ends a step; the time is for slow machines.
bounded() { timeout -k 10 "$@"; }

go_ready() {
  command -v go >/dev/null || refuse "no Go to build it with"
}
# require MODULE VERSION [SED]: a go.mod that requires the module with its replacements, since a main module's alone count.
# Those that name a folder are of no use outside of its repository; the sed command may name releases instead.
require() {
  local of
  of=$(GOFLAGS='' bounded 300 go mod download -json "$1@$2" | sed -n 's/^\s*"GoMod": "\(.*\)",$/\1/p')
  [ -n "$of" ] || refuse "the Go module proxy does not serve $1 $2"
  {
    printf 'module parts\n\n'
    grep -E '^(go|godebug) ' "$of"
    printf '\nrequire %s %s\n\nreplace (\n' "$1" "$2"
    sed -E "${3:-}" "$of" | sed -nE 's/^\s*(replace )?([^ ]+( v[^ ]+)? => [^. ][^ ]* v[^ ]+).*/\t\2/p'
    echo ')'
  } >go.mod
}
# compile PROGRAM PACKAGE [LDFLAGS]
compile() {
  say "building $1 …"
  CGO_ENABLED=0 bounded 3000 go build -mod=mod -buildvcs=false -trimpath -ldflags "-s -w ${3:-}" -o "$draft/$1" "$2" >&2 ||
    refuse "go build of $1 failed, or took more than 50 minutes; what is compiled is kept"
}

build_helm() {
  local module=helm.sh/helm/v3
  require $module "v$helm"
  # As in its Makefile; without the second, charts meet Kubernetes 1.20: https://github.com/helm/helm/blob/v3.18.4/Makefile
  local kube="-X $module/pkg/chartutil.k8sVersionMajor=1 -X $module/pkg/chartutil.k8sVersionMinor=$client"
  compile helm $module/cmd/helm "-X $module/internal/version.version=v$helm $kube"
}
build_kubernetes() {
  # Its go.mod replaces the modules in its staging folder, which are released under the same minor and patch version.
  require k8s.io/kubernetes "v$kubernetes" "s|^(\s*k8s.io/[a-z-]+) => \./staging.*|\1 => \1 v0${kubernetes#1}|; s|^\)||"
  # Without it the server says v0.0.0-master, which no chart's kubeVersion allows.
  local version=k8s.io/component-base/version minor=${kubernetes#1.}
  local flags="-X $version.gitVersion=v$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=${minor%.*}"
  for program in kube-apiserver kube-controller-manager; do
    compile $program k8s.io/kubernetes/cmd/$program "$flags -X $version.gitTreeState=clean"
  done
}
build_argocd() {
  local module=github.com/argoproj/argo-cd/v3
  require $module "v$argocd"
  # One program: controller, repository server and server by the name that it is called by.
  compile argocd $module/cmd "-X $module/common.version=$argocd"
  # Its definitions of kinds, roles and settings are those of the release.
  local sources
  sources=$(go list -mod=mod -m -f '{{.Dir}}' $module)
  cp -R "$sources/manifests/crds" "$draft/crds" && cp "$sources/manifests/install.yaml" "$draft/" && chmod -R u+w "$draft"
}

# unpack PACKAGE...: Debian's packages, not installed, since installing starts their services.
unpack() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || refuse "no apt-get to fetch Debian's package with"
  say "fetching $* …"
  if ! bounded 300 apt-get download "$@" >&2; then
    # Without lists of packages, or with old ones: those of this folder need no rights.
    mkdir -p state/lists/partial cache/archives/partial
    local own=(-o Dir::State::lists="$PWD/state/lists" -o Dir::Cache="$PWD/cache")
    { bounded 300 apt-get "${own[@]}" update && bounded 300 apt-get "${own[@]}" download "$@"; } >&2 ||
      refuse "apt-get could not download $*"
  fi
  for package in *.deb; do dpkg-deb -x "$package" unpacked; done
}
build_etcd() {
  unpack etcd-server
  cp unpacked/usr/bin/etcd "$draft/etcd"
}
build_redis() {
  unpack redis-server redis-tools libhiredis0.14 libjemalloc2 liblua5.1-0 liblzf1 lua-bitop lua-cjson
  mkdir "$draft/lib"
  cp -L unpacked/usr/bin/redis-server "$draft/lib/redis-server"
  find unpacked/usr/lib -name '*.so*' -exec cp -L {} "$draft/lib/" \;
  printf '#!/bin/sh\nLD_LIBRARY_PATH="%s/lib" exec "%s/lib/redis-server" "$@"\n' "$target" "$target" >"$draft/redis-server"
  chmod +x "$draft/redis-server"
}

distribution=$(. /etc/os-release 2>/dev/null && echo "${ID:-}-${VERSION_ID:-}" || echo unknown)
case $part in
  helm) version=$helm ;;
  kubernetes) version=$kubernetes ;;
  argocd) version=$argocd ;;
  etcd | redis) version=$distribution ;;
  *) refuse "there is no part \"$part\"" ;;
esac
target=$cache/$part-$version
if [ ! -d "$target" ]; then
  case $part in helm | kubernetes | argocd) go_ready ;; esac
  mkdir -p "$cache"
  draft=$(mktemp -d "$target.XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  mkdir "$draft/work" && cd "$draft/work"
  "build_$part"
  cd / && rm -rf "$draft/work" && chmod 755 "$draft"
  # Another run may have been faster.
  [ -d "$target" ] || mv "$draft" "$target"
  say "built in $SECONDS s"
fi
echo "$target"
