import { createServer, request } from "node:http";
import type { Variables } from "./terraform";

/** A host name of S3 that exists only behind the proxy; buckets become names below it, as on AWS. */
const s3Host = "s3.us-west-2.amazonaws.com";

/** An HTTP proxy on 127.0.0.1 through which every bucket's host name leads to the emulator. */
export interface S3Proxy {
  readonly variables: Variables;
  stop(): void;
}

/** Starts it: Terraform's S3 client puts the bucket in the host name, which no address of this machine could have. */
export async function startS3Proxy(emulator: string): Promise<S3Proxy> {
  const { hostname, port } = new URL(emulator);
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? "", `http://${s3Host}`);
    const forward = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: `${target.pathname}${target.search}`,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on("error", () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  const proxy = `http://127.0.0.1:${address.port}`;
  return {
    variables: { AWS_ENDPOINT_URL_S3: `http://${s3Host}`, HTTP_PROXY: proxy, NO_PROXY: "127.0.0.1" },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
