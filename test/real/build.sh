#!/usr/bin/env bash
# Builds one part of what the tests need from package registries alone, once, and prints the folder that holds its programs.
# Exits 1 where this machine cannot, and prints why. What it has compiled is kept, so that a second call goes on.
#   build.sh PART
# From the Go module proxy, with CPU seconds: helm 140, kubernetes 510 (kube-apiserver, kube-controller-manager), argocd 430;
# tofu 320, oras 10, cosign 200, syft 400, at the versions of release/tools.json.
# Unpacked from Debian, at its version: etcd, redis, docker-registry, bubblewrap, umoci, mmdebstrap, shellcheck, busybox, qemu.
set -euo pipefail
kubernetes=1.35.4
argocd=3.2.6 # Later ones do not build from the proxy: a folder of theirs is a module of its own, which their zip lacks.
part=${1:?a part, as above}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/edge-orchestrator-aws/tools
root=$(cd "$(dirname "$0")/../.." && pwd)

refuse() { echo "$1"; exit 1; }
say() { echo "$part: $*" >&2; }
# A hanging registry ends a step; the time is for slow machines.
bounded() { timeout -k 10 "$@"; }

go_ready() {
  command -v go >/dev/null || refuse "no Go to build it with"
}
# compile PROGRAM MODULE VERSION PACKAGE [LDFLAGS]
compile() {
  local name=$1
  shift
  say "building $name …"
  "$root/release/go-program.sh" "$1" "$2" "$3" "$draft/$name" "${4:-}" >&2 ||
    refuse "go build of $name failed, or took more than 50 minutes; what is compiled is kept"
}
# released FIELD: of this part in the list of what is released.
released() {
  node -p 'require(process.argv[1]).goPrograms[process.argv[2]]?.[process.argv[3]] ?? ""' "$root/release/tools.json" "$part" "$1"
}

build_released() {
  compile "$part" "$(released module)" "$version" "$(released package)" "$(released ldflags)"
}
build_kubernetes() {
  # Without it the server says v0.0.0-master, which no chart's kubeVersion allows.
  local name=k8s.io/component-base/version minor=${kubernetes#1.}
  local flags="-X $name.gitVersion=v$kubernetes -X $name.gitMajor=1 -X $name.gitMinor=${minor%.*} -X $name.gitTreeState=clean"
  for program in kube-apiserver kube-controller-manager; do
    compile $program k8s.io/kubernetes $kubernetes cmd/$program "$flags"
  done
}
build_argocd() {
  local module=github.com/argoproj/argo-cd/v3 sources
  # One program: controller, repository server and server by the name that it is called by.
  compile argocd $module $argocd cmd "-X $module/common.version=$argocd"
  # Its definitions of kinds, roles and settings are those of the release.
  sources=$(GOFLAGS='' go mod download -json "$module@v$argocd" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p')
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
# bundle PROGRAM: with the libraries of the packages beside it.
bundle() {
  mkdir "$draft/lib"
  cp -L "unpacked/usr/bin/$1" "$draft/lib/$1"
  find unpacked/usr/lib -name '*.so*' -exec cp -L {} "$draft/lib/" \;
  printf '#!/bin/sh\nLD_LIBRARY_PATH="%s/lib" exec "%s/lib/%s" "$@"\n' "$target" "$target" "$1" >"$draft/$1"
  chmod +x "$draft/$1"
}
build_etcd() {
  unpack etcd-server
  cp unpacked/usr/bin/etcd "$draft/etcd"
}
build_redis() {
  unpack redis-server redis-tools libhiredis0.14 libjemalloc2 liblua5.1-0 liblzf1 lua-bitop lua-cjson
  bundle redis-server
}

# build_unpacked PACKAGE PROGRAM...: programs that need nothing else of their packages.
build_unpacked() {
  unpack "$1"
  shift
  # Before trixie, some are not below usr/.
  for program in "$@"; do cp "$(find unpacked -path "*bin/$program" -type f)" "$draft/"; done
}
build_shellcheck() {
  unpack shellcheck libffi8 libgmp10
  bundle shellcheck
}

distribution=$(. /etc/os-release 2>/dev/null && echo "${ID:-}-${VERSION_ID:-}" || echo unknown)
case $part in
  helm | tofu | oras | cosign | syft) version=$(released version) build=(build_released) ;;
  kubernetes) version=$kubernetes build=(build_kubernetes) ;;
  argocd) version=$argocd build=(build_argocd) ;;
  etcd | redis | shellcheck) version=$distribution build=("build_$part") ;;
  busybox | docker-registry | umoci) version=$distribution build=(build_unpacked "$part" "$part") ;;
  bubblewrap) version=$distribution build=(build_unpacked bubblewrap bwrap) ;;
  qemu) version=$distribution build=(build_unpacked qemu-user-static qemu-aarch64-static) ;;
  mmdebstrap) version=$distribution build=(build_unpacked mmdebstrap mmdebstrap mmtarfilter) ;;
  *) refuse "there is no part \"$part\"" ;;
esac
target=$cache/$part-$version
# Where they were kept before; compiling them takes a quarter of an hour.
earlier=${cache%/*}/kubernetes/$part-$version
case $part in
  helm | kubernetes | argocd) if [ ! -d "$target" ] && [ -d "$earlier" ]; then mkdir -p "$cache" && mv "$earlier" "$target"; fi ;;
esac
if [ ! -d "$target" ]; then
  [ "$version" = "$distribution" ] || go_ready
  mkdir -p "$cache"
  draft=$(mktemp -d "$target.XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  mkdir "$draft/work" && cd "$draft/work"
  "${build[@]}"
  cd / && rm -rf "$draft/work" && chmod 755 "$draft"
  # Another run may have been faster.
  [ -d "$target" ] || mv "$draft" "$target"
  say "built in $SECONDS s"
fi
echo "$target"
