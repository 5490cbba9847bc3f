import { X509Certificate } from "node:crypto";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext } from "node:tls";
import type { V1Secret } from "@kubernetes/client-node";
import type { Api } from "../api";

/** What a webhook is asked: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
interface Review {
  readonly apiVersion: string;
  readonly request: { readonly uid: string };
}

/**
 * Allows whatever a webhook is asked. The API server opens tunnels to services through a socket, and expects for each name
 * the certificate that the chart of the webhook put into a Secret of the service's namespace.
 */
export async function answerWebhooks(api: Api, socket: string): Promise<{ stop(): void }> {
  const server = createHttps(
    {
      SNICallback: (name, found) => {
        certificateFor(api, name).then(
          (context) => {
            found(null, context);
          },
          (error: unknown) => {
            found(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
    },
    (request, response) => {
      void allow(request, response);
    },
  );
  const open = new Set<Duplex>();
  const proxy = createHttp();
  proxy.on("connect", (_request: IncomingMessage, tunnel: Duplex) => {
    open.add(tunnel);
    tunnel.on("close", () => open.delete(tunnel));
    tunnel.on("error", () => tunnel.destroy());
    tunnel.write("HTTP/1.1 200 OK\r\n\r\n");
    server.emit("connection", tunnel);
  });
  await new Promise<void>((listening) => proxy.listen(socket, listening));
  return {
    stop: () => {
      for (const tunnel of open) tunnel.destroy();
      proxy.close();
    },
  };
}

/** The certificate for "<service>.<namespace>.svc": of the namespace's Secrets with one, that for this name. */
async function certificateFor(api: Api, host: string): Promise<SecureContext> {
  const [, namespace = ""] = host.split(".");
  const secrets = await api.list<V1Secret>(`/api/v1/namespaces/${namespace}/secrets`);
  const held = secrets.map(({ data = {} }) => ({
    cert: Buffer.from(data["tls.crt"] ?? "", "base64"),
    key: Buffer.from(data["tls.key"] ?? "", "base64"),
  }));
  const named = held.find(
    ({ cert, key }) => cert.length > 0 && key.length > 0 && new X509Certificate(cert).checkHost(host),
  );
  if (named === undefined) throw new Error(`No Secret in "${namespace}" has a certificate for ${host}`);
  return createSecureContext(named);
}

async function allow(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  // A stream without encoding gives buffers.
  for await (const part of request) parts.push(part as Buffer);
  // What the API server sends to webhooks.
  const review = JSON.parse(Buffer.concat(parts).toString()) as Review;
  const answer = {
    apiVersion: review.apiVersion,
    kind: "AdmissionReview",
    response: { uid: review.request.uid, allowed: true },
  };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
}
