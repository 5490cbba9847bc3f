import type { Model } from "./model";

/** The operation that a method and a path name, and what the path says. */
export interface Route {
  readonly operation: string;
  /** Parts of the path by their labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names in the query that belong to the operation's own address. */
  readonly inAddress: ReadonlySet<string>;
}

interface Candidate {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  readonly query: URLSearchParams;
  /** Length of what is not a label. */
  readonly literal: number;
}

/** What is asked for, as far as it decides which operation it is. */
export interface Address {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly hasHeader: (name: string) => boolean;
}

/** The addresses of a service's operations. */
export class Routes {
  private readonly candidates: readonly Candidate[];

  constructor(private readonly model: Model) {
    // The most specific first.
    this.candidates = candidatesOf(model).sort(
      (one, other) => other.query.size - one.query.size || other.literal - one.literal,
    );
  }

  find(address: Address): Route | undefined {
    const { method, path, query } = address;
    for (const candidate of this.candidates) {
      if (candidate.method !== method || !hasAll(query, candidate.query)) continue;
      const [match] = path.matchAll(candidate.path);
      if (match === undefined) continue;
      if (this.model.service === "s3" && isOtherOfS3(candidate.operation, address)) continue;
      const labels = candidate.labels.map((label, index) => [label, unescaped(match[index + 1] ?? "")]);
      return {
        operation: candidate.operation,
        labels: Object.fromEntries(labels),
        inAddress: new Set(candidate.query.keys()),
      };
    }
    return undefined;
  }
}

function candidatesOf({ service, operations }: Model): Candidate[] {
  return Object.entries(operations).flatMap(([operation, { http, deprecated }]) => {
    // PutBucketLifecycle and PutBucketNotification have the address of what has replaced them.
    if (service === "s3" && deprecated === true) return [];
    const [path = "", query] = http.requestUri.split("?");
    const labels = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, label = ""]) => label);
    const literals = path.split(/\{[^}]+\}/);
    const greedy = [...path.matchAll(/\{[^}]+\}/g)].map(([label]) => label.endsWith("+}"));
    const pattern = literals.map((text, index) => escaped(text) + groupFor(greedy[index])).join("");
    return {
      operation,
      method: http.method,
      path: new RegExp(`^${pattern.replace(/\/$/, "")}/?$`, "g"),
      labels,
      query: new URLSearchParams(query ?? ""),
      literal: literals.join("").length,
    };
  });
}

function groupFor(greedy: boolean | undefined): string {
  if (greedy === undefined) return "";
  return greedy ? "(.+)" : "([^/]+)";
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hasAll(query: URLSearchParams, needed: URLSearchParams): boolean {
  return [...needed].every(([name, value]) => query.has(name) && (value === "" || query.get(name) === value));
}

const aspects = ["acl", "tagging", "retention", "legal-hold", "torrent", "attributes", "annotation"];
const ofListing = new Set(["prefix", "delimiter", "marker", "max-keys", "encoding-type"]);

/** S3 tells some operations apart by more than their addresses. */
function isOtherOfS3(operation: string, { query, hasHeader }: Address): boolean {
  switch (operation) {
    case "CopyObject":
      return !hasHeader("x-amz-copy-source");
    case "GetObject":
    case "HeadObject":
    case "DeleteObject":
    case "PutObject":
      if (operation === "PutObject" && hasHeader("x-amz-copy-source")) return true;
      return aspects.some((aspect) => query.has(aspect));
    case "UploadPart":
    case "UploadPartCopy":
    case "ListParts":
    case "AbortMultipartUpload":
    case "CompleteMultipartUpload":
      return !query.has("uploadId");
    case "RestoreObject":
      return !query.has("restore");
    case "RenameObject":
      return !query.has("renameObject");
    case "CreateMultipartUpload":
      return !query.has("uploads");
    case "ListObjects":
      return [...query.keys()].some((name) => name !== "x-id" && !ofListing.has(name));
    case "WriteGetObjectResponse":
    case "CreateSession":
    case "ListDirectoryBuckets":
      return true;
    default:
      return false;
  }
}
