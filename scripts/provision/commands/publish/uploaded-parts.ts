import { type AwsCall, awsCall } from "../../../../lib/layer/aws-call";

/** A part that the bucket has. */
export interface Part {
  readonly PartNumber: number;
  readonly ETag: string;
  readonly ChecksumSHA256: string;
}

/** A page of them. */
interface Page {
  readonly Parts?: readonly Listed[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly NextPartNumberMarker?: string | undefined;
}
type Listed = { readonly [Name in keyof Part]?: Part[Name] | undefined };

/**
 * The parts of an upload that is not completed. Not by the SDK's paginator, which goes on while there is a marker; a last page
 * can have one.
 */
export async function uploadedParts(
  upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string },
  send: (call: AwsCall<Page>) => Promise<Page>,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for (let PartNumberMarker: string | undefined = "0"; PartNumberMarker !== undefined;) {
    const page: Page = await send(awsCall("s3", "ListParts", { ...upload, PartNumberMarker }));
    found.push(...(page.Parts ?? []));
    PartNumberMarker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  }
  return found;
}
