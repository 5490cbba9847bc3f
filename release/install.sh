#!/bin/sh
# Installs edge-orchestrator-aws from a release service, for one user; `sh install.sh --help` says how.
# docs/guides/install.md explains it, docs/guides/verify.md what is verified. POSIX: for Linux and macOS.
set -eu; umask 022; name=edge-orchestrator-aws
# Of the release that this file belongs to; empty in the sources.
version='' public_key='' identity='' issuer=''
from='' image='' key='' prefix="${HOME:-}/.local" signer='' unsigned='' uninstall='' verb=install temporary='' partial='' back=''
usage() { cat <<END
Usage: sh install.sh --from SOURCE [options]      RELEASE_TOKEN in the environment: for a source that wants a token
  --from SOURCE        https://HOST/PATH or a folder, with PATH/vVERSION/FILE; or HOST/REPOSITORY, with the tag vVERSION, for oras
  --image IMAGE        install a command that runs this image with docker, at the digest that the signed release names
  --version V          version to install; this script's own: ${version:-none}
  --prefix DIR         install into DIR/bin and DIR/lib; default: ~/.local
  --key FILE           public key that has signed the release${public_key:+; default: the one in this script}
  --identity ID, --issuer URL   who has signed it without a key, for cosign${identity:+; default: $identity}
  --without-signature  do not verify who has made the release: its checksums come from the same server
  --uninstall          remove what this script has installed below the prefix
END
}
fail() { printf 'Cannot %s %s: %s\n  %s\n' "$verb" "$name" "$1" "$2" >&2; exit 1; }
say() { printf '%s\n' "$*"; }; has() { command -v "$1" >/dev/null 2>&1; }
cleanup() {
  rm -rf "${temporary:-/nonexistent}" "${partial:-/nonexistent}"
  # Interrupted between two renames: what was there is put back.
  if [ -n "$back" ] && [ -d "$back" ] && [ ! -e "$lib/$version" ]; then mv "$back" "$lib/$version"; fi
  if holds; then rm -f "$lib/.lock"; fi
}
# lock: of two runs in one prefix, one ends. That of a run that was killed is taken over; "holds" finds who was quicker.
lock() {
  ln -s "process:$$" "$lib/.lock" 2>/dev/null && return
  holder=$(readlink "$lib/.lock" || :) && holder=${holder#process:}
  [ "$holder" = $$ ] || ! { kill -0 "$holder" || ps -p "$holder"; } >/dev/null 2>&1 ||
    fail "another run of install.sh is at work in $prefix: process $holder" "Run this again when it has ended; if that is another program: rm '$lib/.lock'"
  ln -sf "process:$$" "$lib/.lock"
}
holds() { [ "$(readlink "$lib/.lock")" = "process:$$" ]; } 2>/dev/null
# fetch FILE: into a folder of its own, where no file of the source's can take the place of the public key. The token is on no command line, where other users could read it.
fetch() {
  say "  fetching $1"
  printf '%s\n' "${RELEASE_TOKEN:-}" | sed -n 's/[\\"]/\\&/g; s/..*/user = "any:&"/p' |
    curl --config - --netrc-optional --fail --silent --show-error --location --proto-redir "=https,${from%%:*}" \
      --connect-timeout 30 --speed-limit 1000 --speed-time 60 --max-filesize 500000000 --retry 3 --output "$work/$1" "$from/v$version/$1" ||
    fail "$from/v$version/$1 cannot be fetched" "$source_hint"
}
fetch_artefact() {
  say "  fetching $from:v$version"; [ -z "${RELEASE_TOKEN:-}" ] || set -- --username any --password-stdin
  printf %s "${RELEASE_TOKEN:-}" | oras pull --no-tty "$@" --output "$work" "$from:v$version" >/dev/null ||
    fail "$from:v$version cannot be pulled" "$source_hint"
}
source_hint='Check --from, --version and HTTPS_PROXY, and RELEASE_TOKEN if the source wants a token; then run it again'
refuse() { fail "$1" 'Do not use this release; tell those who run the release service'; }
# verified COMMAND...: fails unless the command finds the signature to be right.
verified() { said=$("$@" 2>&1) || { say "$said" >&2; refuse "SHA256SUMS is not signed by ${signer:-${key:-$identity}}"; }; }
verify_signature() {
  signature=SHA256SUMS.sigstore.json sums=$work/SHA256SUMS
  [ -z "$key" ] || signature=SHA256SUMS.sig; [ -n "$artefact" ] || fetch "$signature"
  if [ -z "$key" ]; then
    set -- --certificate-identity "$identity" --certificate-oidc-issuer "$issuer"; verified cosign verify-blob --bundle "$work/$signature" "$@" "$sums"
  elif has openssl; then
    verified openssl base64 -d -A -in "$work/$signature" -out "$temporary/decoded"
    verified openssl dgst -sha256 -verify "$key" -signature "$temporary/decoded" "$sums"
  else verified cosign verify-blob --key "$key" --signature "$work/$signature" --insecure-ignore-tlog=true "$sums"; fi
  say '  SHA256SUMS: signature is correct'
}
digest() { if has sha256sum; then sha256sum; elif has shasum; then shasum -a 256; else openssl dgst -sha256 -r; fi; }
# verify FILE: by its checksum in the list, of which the signature was verified. Of all names, the package's has the version.
verify() {
  for needed in "$name-$version.tgz" "$1"; do
    listed=$(awk -v file="$needed" '{ sub(/^\*/, "", $2) } $2 == file { print $1 }' "$work/SHA256SUMS")
    [ -n "$listed" ] || refuse "SHA256SUMS has no $needed, so that it is not of version $version"; done
  if [ ! -f "$work/$1" ] || [ "$listed" != "$(digest <"$work/$1" | cut -c 1-64)" ]; then refuse "$1 is not what SHA256SUMS says"; fi
  say "  $1: checksum is correct"
}
# A command that runs the image on the current folder, with the user's credentials read-only.
wrapper() {
  case $(uname -m) in arm64 | aarch64) platform=linux/arm64 ;; *) platform=linux/amd64 ;; esac
  pinned=$(awk -v platform="$platform" '$2 == platform && $1 ~ /^sha256:[0-9a-f]+$/ { print $1; exit }' "$work/image-digests.txt")
  [ -n "$pinned" ] || fail "the release has no image for $platform" 'Leave out --image, to install the package'
  mkdir -p "$partial/bin" && cat >"$partial/bin/provision" <<END
#!/bin/sh
set -- '$image@$pinned' "\$@"; [ ! -t 0 ] || [ ! -t 1 ] || set -- -t "\$@"
if [ -d "\$HOME/.aws" ]; then set -- -v "\$HOME/.aws:/home/provision/.aws:ro" "\$@"; fi
for name in AWS_PROFILE AWS_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN HTTPS_PROXY NO_PROXY; do set -- -e \$name "\$@"; done
exec docker run -i --rm --user "\$(id -u):\$(id -g)" -v "\$PWD:/work" "\$@"
END
  chmod 755 "$partial/bin/provision"
}
package() {
  say '  fetching dependencies with npm, which verifies them by the checksums in the package'; program=package/scripts/provision.cjs
  (mkdir -p "$partial/bin" && cd "$partial" && tar -xzof "$work/$file" && chmod 755 "$program" && ln -s "../$program" bin/provision &&
    cd package && npm ci --ignore-scripts --omit=dev --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null) ||
    fail 'the package or a dependency cannot be installed' 'Correct what is said above, then run it again'
}
# ours: bin/provision is what this script has linked, or nothing.
ours() {
  if [ -e "$link" ] || [ -L "$link" ]; then case $(readlink "$link" || :) in "../lib/$name/"*) ;; *) return 1 ;; esac; fi
}
remove() {
  [ -d "$lib" ] || fail "there is nothing of it in $lib" 'Name the folder by --prefix'
  lock; gone=$lib; if ours; then rm -f "$link"; gone="$lib and $link"; fi
  # Folders that were made for it, unless something else is in them by now.
  folders=$(cat "$lib/folders" 2>/dev/null || :) && rm -rf "$lib"
  say "$folders" | while read -r folder; do rmdir "$folder" 2>/dev/null || :; done; say "Removed $gone"
}
requirements() {
  [ -n "$from" ] || fail 'it is not known from where' 'Add --from; see: sh install.sh --help'; case $version in '' | .* | *[!0-9A-Za-z.+-]*) fail "the version is \"$version\"" 'Add --version, e.g. --version 0.2.0' ;; esac
  case $image in *[!0-9A-Za-z._:/-]*) fail "\"$image\" is no image" 'Correct --image' ;; esac
  [ -n "$unsigned$key$identity" ] || fail 'nothing says who signs its releases' 'Add --key FILE, the public key of the release'; [ -r "${key:-/}" ] || fail "$key cannot be read" 'Correct --key'
  tools=${image:+docker}; case $from in http://* | https://* | file://*) artefact='' tools="$tools curl" ;; *) artefact=yes tools="$tools oras" ;; esac
  case "${RELEASE_TOKEN:+token }$from" in 'token http://127.0.0.1'[:/]* | 'token http://localhost'[:/]*) ;; 'token http://'*)
    fail 'without HTTPS, everybody on the way would read RELEASE_TOKEN' 'Name an https:// address by --from' ;; esac
  if [ -z "$unsigned" ]; then if [ -z "$key" ]; then tools="$tools cosign"; else has cosign || tools="$tools openssl"; fi; fi
  for tool in $tools; do has "$tool" || fail "there is no $tool" "Install $tool, or choose another way; see: sh install.sh --help"; done
  range='const [a, b] = process.versions.node.split("."); process.exit((a == 20 && b >= 19) || (a > 20 && a < 25) ? 0 : 1)'
  [ -n "$image" ] || { has npm && node -e "$range"; } || fail 'it needs Node.js 20.19 or later, below 25, and npm' \
    "Install Node.js 22 (https://nodejs.org); this one is $(node --version 2>/dev/null || echo missing)"
}
main() {
  while [ $# -gt 0 ]; do
    case $1 in --help | -h) usage; exit 0 ;; --uninstall) uninstall=yes verb=uninstall ;; --without-signature) unsigned=yes ;;
      --from | --image | --version | --prefix | --key | --identity | --issuer) [ -n "${2:-}" ] || fail "$1 has no value" 'See: sh install.sh --help'
        case $1 in --from) from=${2%/} ;; --image) image=$2 ;; --version) version=${2#v} ;; --prefix) prefix=${2%/} ;;
          --key) key=$2 ;; --identity) identity=$2 ;; --issuer) issuer=$2 ;; esac; shift ;;
      *) fail "there is no option $1" 'See: sh install.sh --help' ;; esac; shift
  done
  case $from in .*) from=$PWD/$from ;; esac; case $from in /*) from=file://$(say "$from" | sed 's/%/%25/g; s/ /%20/g') ;; esac
  case $prefix in '' | /*) ;; *) prefix=$PWD/$prefix ;; esac
  lib=$prefix/lib/$name link=$prefix/bin/provision file=$name-$version.tgz; trap cleanup EXIT && trap 'exit 130' INT HUP TERM
  [ -f "$lib/folders" ] || [ -z "$(ls "$lib" 2>/dev/null)" ] || fail "$lib is not of install.sh" 'Choose another folder by --prefix'
  if [ -n "$uninstall" ]; then remove; exit 0; fi
  temporary=$(mktemp -d "${TMPDIR:-/tmp}/$name.XXXXXX"); work=$temporary/fetched; mkdir "$work"
  if [ -z "$key$identity" ] && [ -n "$public_key" ]; then key=$temporary/key.pem signer='the public key in this script'; say "$public_key" >"$key"; fi
  requirements; ours || fail "$link is another program" 'Remove it, or choose another folder by --prefix'; [ -z "$image" ] || file='image-digests.txt'
  say "Installing $name $version from $from into $prefix"
  if [ -n "$artefact" ]; then fetch_artefact; else fetch SHA256SUMS; fi
  if [ -z "$unsigned" ]; then verify_signature; else say '  NOT verified: who has made the release (--without-signature)'; fi
  [ -n "$artefact" ] || fetch "$file"; verify "$file"
  made=$(for folder in "$prefix/bin" "$prefix/lib" "$prefix"; do [ -d "$folder" ] || say "$folder"; done)
  { mkdir -p "$lib" "$prefix/bin" && [ -w "$lib" ]; } 2>/dev/null || fail "$prefix cannot be written" 'Choose another folder by --prefix'
  lock; [ -f "$lib/folders" ] || say "$made" >"$lib/folders"
  partial=$lib/.new-$$ back=$lib/.old-$$; if [ -n "$image" ]; then wrapper; else package; fi
  # Nobody finds less than a whole version: the new one is moved to its place, then linked, then others are removed.
  holds || fail "another run of install.sh has begun in $prefix" 'Run this again when it has ended'
  [ ! -d "$lib/$version" ] || mv "$lib/$version" "$back"; mv "$partial" "$lib/$version"
  ln -s "../lib/$name/$version/bin/provision" "$partial" && mv -f "$partial" "$link"
  for old in "$lib"/* "$lib"/.new-* "$lib"/.old-*; do [ ! -d "$old" ] || [ "$old" = "$lib/$version" ] || rm -rf "$old"; done
  say "Installed $link"; case ":$PATH:" in *":$prefix/bin:"*) ;; *) say "Add it to your PATH: export PATH=\"$prefix/bin:\$PATH\"" ;; esac
}
main "$@"
