import type { StoredObject } from "./bucket-store";
import type { Reply } from "./reply";
import type { StandInRequest } from "./request";
import { element, xmlDocument } from "./xml";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

const onePage = (request: StandInRequest) => [
  element("Name", request.bucket),
  element("Prefix", request.query.get("prefix") ?? ""),
  element("MaxKeys", "1000"),
  element("IsTruncated", "false"),
];

const describe = (object: StoredObject) => [
  element("Key", object.key),
  element("LastModified", object.modified.toISOString()),
  element("ETag", object.etag),
  element("Size", String(object.body.length)),
  element("StorageClass", "STANDARD"),
];

const answer = (body: string): Reply => ({
  status: 200,
  headers: { "content-type": "application/xml" },
  body,
});

/** ListObjectsV2 with prefix and delimiter, in one page: a rehearsal holds tens of objects, not thousands. */
export function listObjects(request: StandInRequest, objects: readonly StoredObject[]): Reply {
  const from = request.query.get("prefix")?.length ?? 0;
  const delimiter = request.query.get("delimiter") ?? "";
  const folderOf = (key: string): string | undefined => {
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, from);
    return end < 0 ? undefined : key.slice(0, end + delimiter.length);
  };
  const shown = objects.filter(({ key }) => folderOf(key) === undefined);
  const folders = [...new Set(objects.flatMap(({ key }) => folderOf(key) ?? []))];
  const content = [
    ...onePage(request),
    element("KeyCount", String(shown.length + folders.length)),
    ...shown.map((object) => element("Contents", describe(object))),
    ...folders.map((folder) => element("CommonPrefixes", [element("Prefix", folder)])),
  ];
  return answer(xmlDocument("ListBucketResult", content, namespace));
}

/** ListObjectVersions: nothing is versioned here, so each object is its only version, named "null" as in S3. */
export function listVersions(request: StandInRequest, objects: readonly StoredObject[]): Reply {
  const only = [element("VersionId", "null"), element("IsLatest", "true")];
  const versions = objects.map((object) => element("Version", [...only, ...describe(object)]));
  return answer(xmlDocument("ListVersionsResult", [...onePage(request), ...versions], namespace));
}

/** The answer of DeleteObjects for keys that are gone now. */
export function deletedObjects(keys: readonly string[]): Reply {
  const deleted = keys.map((key) => element("Deleted", [element("Key", key)]));
  return answer(xmlDocument("DeleteResult", deleted, namespace));
}
