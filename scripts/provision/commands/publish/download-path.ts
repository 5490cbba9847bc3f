import { usageError } from "../../command-line/usage-error";

/** S3 allows 1024 bytes, with what precedes the path: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const mostBytes = 1000;

/** Throws unless the release service serves a file at this path: it refuses empty and dot segments. */
export function assertPath(path: string, command: string): void {
  const parts = path.split("/");
  if (parts.some((part) => ["", ".", ".."].includes(part)))
    throw usageError(
      `the path "${path}" begins or ends with a slash, or has an empty part or dots alone`,
      command,
    );
  // eslint-disable-next-line no-control-regex -- these are what no URL should need
  if (/[\u0000-\u001f\u007f\\]/.test(path) || Buffer.byteLength(path) > mostBytes)
    throw usageError(
      `the path "${path}" has control characters or backslashes, or more than ${mostBytes} bytes`,
      command,
    );
}
