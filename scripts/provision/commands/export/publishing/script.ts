import type { Publisher } from "./publisher";

/**
 * Lines for any POSIX shell that publish $FILE as $NAME:$TAG, and at $DOWNLOAD_PATH, as `provision publish` does: nothing is
 * overwritten, and what is published already, with the same content, is left alone. The tag comes last.
 */
export function publishingScript({ repositories, pathPrefixes }: Publisher): string {
  const toRegistry = repositories.length > 0;
  return [
    opening,
    ...(toRegistry ? [artefact] : []),
    ...(pathPrefixes.length > 0 ? [file(toRegistry)] : []),
    ...(toRegistry ? [tag] : []),
  ].join("\n");
}

const opening = `set -eu
fail() { echo "Cannot publish \\"$FILE\\": $1" >&2; exit 1; }
[ -f "$FILE" ] || fail "there is no such file"
case $TAG in
  '' | [.-]* | *[!A-Za-z0-9._-]*) fail "\\"$TAG\\" is no tag of letters, digits and . _ -" ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AWS_PAGER= DOCKER_CONFIG="$work"
title=$(basename "$FILE")`;

const artefact = `[ -n "$NAME" ] || fail "name its repository"
target=$REGISTRY/$REPOSITORY_PREFIX$NAME:$TAG
tagged() { oras resolve "$target" 2>"$work/unresolved" || true; }
aws ecr get-login-password | oras login --username AWS --password-stdin "$REGISTRY"
(cd "$(dirname "$FILE")" && oras push --oci-layout "$work/layout:$TAG" "$title:application/octet-stream" \\
  --artifact-type "$ARTIFACT_TYPE" \\
  --annotation "org.opencontainers.image.title=$title" \\
  --annotation "org.opencontainers.image.version=$TAG" \\
  --annotation "org.opencontainers.image.created=$CREATED" \\
  --annotation "org.opencontainers.image.revision=$REVISION")
digest=$(oras resolve --oci-layout "$work/layout:$TAG")
found=$(tagged)
[ "\${found:-$digest}" = "$digest" ] ||
  fail "$target is $found, this would be $digest, and tags are immutable; publish it with another tag"`;

const file = (toRegistry: boolean) => `path=\${DOWNLOAD_PATH:-${toRegistry ? "$NAME/$TAG/$title" : ""}}
[ -n "$path" ] || fail "name the path for downloads"
key=$FILE_PREFIX$path
if ! aws s3api put-object --bucket "$BUCKET" --key "$key" --body "$FILE" \\
  --checksum-algorithm SHA256 --if-none-match '*' >"$work/put" 2>&1; then
  cat "$work/put" >&2
  grep -q PreconditionFailed "$work/put" || fail "S3 refuses $key"
  aws s3 cp "s3://$BUCKET/$key" - | cmp -s - "$FILE" ||
    fail "$BUCKET has another file $key, and files are not overwritten; publish it with another tag or path"
fi
echo "Published s3://$BUCKET/$key"`;

const tag = `if [ "$found" != "$digest" ]; then
  oras cp --from-oci-layout "$work/layout:$TAG" "$target" || [ "$(tagged)" = "$digest" ] ||
    fail "the registry refuses $target"
fi
echo "Published $target@$digest"`;
