#!/bin/sh
# Builds one program of a Go module from the module proxy alone: no checkout, no network beyond the proxy, the same bytes
# each time on each machine.
#   go-program.sh MODULE VERSION PACKAGE OUTPUT [LDFLAGS [REQUIRED-MODULE@VERSION…]]      (GOOS and GOARCH as for go build)
# "go install" refuses modules with replacements: https://github.com/golang/go/issues/44840
set -eu
module=$1 version=v${2#v} path=$1/$3 output=$4 ldflags=${5:-}
shift 4
[ $# -eq 0 ] || shift

export GOFLAGS='' CGO_ENABLED=0 GOAMD64=v1 GOARM64=v8.0 GOEXPERIMENT='' GOWORK=off
work=$(mktemp -d "${TMPDIR:-/tmp}/go-program.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
# A hanging proxy ends a step, where the machine knows how.
bounded() { if command -v timeout >/dev/null; then timeout -k 10 "$@"; else shift && "$@"; fi; }

of=$(bounded 300 go mod download -json "$module@$version" | sed -n 's/^[[:space:]]*"GoMod": "\(.*\)",$/\1/p')
if [ -z "$of" ]; then
  echo "the Go module proxy does not serve $module $version"
  exit 1
fi
# Replacements and GODEBUG settings count in the main module alone, so this one takes them over. Kubernetes names the folders
# of its staging modules, which are released under the same minor and patch version; other folders are of no use here.
{
  printf 'module parts\n\n'
  grep '^go ' "$of" || echo go 1.26
  sed -n -e '/^godebug (/,/^)/p' -e '/^godebug [^(]/p' "$of"
  printf '\nrequire %s %s\n' "$module" "$version"
  # Of modules without a go.mod.
  for required; do printf 'require %s %s\n' "${required%@*}" "${required#*@}"; done
  printf '\nreplace (\n'
  sed -E "s|^([[:space:]]*(k8s.io/[a-z-]+)) => \./staging/.*|\1 => \2 v0${version#v1}|" "$of" |
    sed -nE 's/^[[:space:]]*(replace )?([^ ]+( v[^ ]+)? => [^. ][^ ]* v[^ ]+).*/\2/p'
  echo ')'
} >go.mod
bounded 3000 go build -mod=mod -buildvcs=false -trimpath -ldflags "-s -w -buildid= $ldflags" -o "$output" "$path"
