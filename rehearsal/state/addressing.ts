/** Hosts that Terraform calls; nothing resolves them, the stand-in serves them as an HTTP proxy. */
export const serviceHosts = { s3: "s3.rehearsal.test", sts: "sts.rehearsal.test" } as const;

/** The bucket, key and query of a request target, with the bucket in the path or in the host name. */
export function addressOf(target: string): { bucket: string; key: string; query: URLSearchParams } {
  const { hostname, pathname, searchParams: query } = new URL(target, "http://127.0.0.1");
  const path = pathname.slice(1);
  // Terraform's S3 client puts the bucket into the host name unless a backend says `use_path_style`.
  if (hostname.endsWith(`.${serviceHosts.s3}`))
    return { bucket: hostname.slice(0, -serviceHosts.s3.length - 1), key: decodeURIComponent(path), query };
  const [bucket = "", ...rest] = path.split("/");
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join("/")), query };
}
