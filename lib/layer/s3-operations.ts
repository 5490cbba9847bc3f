import type * as s3 from "@aws-sdk/client-s3/dist-types/models/models_0";
import type * as s3Parts from "@aws-sdk/client-s3/dist-types/models/models_1";
import type { Operation } from "./aws-operation";

/** An input whose body is in memory. */
type Sent<Input> = Omit<Input, "Body"> & { readonly Body: Uint8Array };

/** Every operation of S3 that the product calls. */
export interface S3Operations {
  // Its answer is empty.
  readonly AbortMultipartUpload: Operation<s3.AbortMultipartUploadRequest, object>;
  readonly CompleteMultipartUpload: Operation<
    s3.CompleteMultipartUploadRequest,
    s3.CompleteMultipartUploadOutput
  >;
  readonly CreateMultipartUpload: Operation<s3.CreateMultipartUploadRequest, s3.CreateMultipartUploadOutput>;
  readonly DeleteObjects: Operation<s3.DeleteObjectsRequest, s3.DeleteObjectsOutput>;
  readonly GetObject: Operation<s3.GetObjectRequest, s3.GetObjectOutput>;
  readonly HeadObject: Operation<s3.HeadObjectRequest, s3.HeadObjectOutput>;
  readonly ListBuckets: Operation<s3.ListBucketsRequest, s3.ListBucketsOutput>;
  readonly ListMultipartUploads: Operation<s3.ListMultipartUploadsRequest, s3.ListMultipartUploadsOutput>;
  readonly ListObjectVersions: Operation<s3.ListObjectVersionsRequest, s3.ListObjectVersionsOutput>;
  readonly ListObjectsV2: Operation<s3.ListObjectsV2Request, s3.ListObjectsV2Output>;
  readonly ListParts: Operation<s3.ListPartsRequest, s3.ListPartsOutput>;
  readonly PutObject: Operation<Sent<s3.PutObjectRequest>, s3.PutObjectOutput>;
  readonly UploadPart: Operation<Sent<s3Parts.UploadPartRequest>, s3Parts.UploadPartOutput>;
}
