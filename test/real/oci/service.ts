import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { createHandler } from "../../../modules/release-service/lambda/handler";
import { releaseService } from "../../../modules/release-service/layer";
import { issue } from "../../certificates";
import { startProxy } from "../../provision/fake-proxy";
import { synthLayer } from "../../synth";
import type { Content } from "./content";
import { answerAsEcr, ecrToken, type StandIn } from "./ecr";
import { invoke } from "./load-balancer";
import { answerAsS3 } from "./s3";

/** The release service on this machine: the code of its function, behind a load balancer and in front of ECR and S3. */
export interface Service {
  /** Port of a proxy that leads every host to this machine. */
  readonly proxyPort: number;
  /** Certificate that the servers' own are issued by, in PEM. */
  readonly authority: string;
  stop(): void;
}

/** Host names of the service. */
export const hosts = {
  registry: "registry-rs.edge.example.com",
  files: "files-rs.edge.example.com",
} as const;

const prefix = "example-release";
const ecrUrl = "https://111122223333.dkr.ecr.us-west-2.amazonaws.com";
const buckets = {
  layers: "prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com",
  files: "releases.s3.us-west-2.amazonaws.com",
};
const until2099 = { to: new Date("2099-01-01T00:00:00Z") };

/** What the service has: one content in the repositories open/tool and closed/tool, and files by their object key. */
export interface Stored {
  readonly content: Content;
  readonly files: ReadonlyMap<string, Buffer>;
  /** Accepted for closed/tool; open/tool can be read without. */
  readonly token: string;
}

/** Starts the service. */
export async function startService(stored: Stored): Promise<Service> {
  const { content, files, token } = stored;
  const repositories = { [`${prefix}/open/tool`]: content, [`${prefix}/closed/tool`]: content };
  const ecr = await startEcr({ repositories, url: ecrUrl, layerUrl: `https://${buckets.layers}` });
  const names = [...Object.values(hosts), ...Object.values(buckets)];
  const authority = issue({ name: "authority", authority: true, ...until2099 });
  const { certificate, privateKey } = issue({ name: hosts.registry, by: authority, names, ...until2099 });
  const frontend = { handler: handlerFor(ecr.port, token), targetGroup: synthesisedTargetGroup() };
  const objects = new Map([...content.blobs, ...files]);
  const server = createTlsServer({ cert: certificate, key: privateKey }, (request, response) => {
    const { host } = request.headers;
    if (host !== hosts.registry && host !== hosts.files) {
      answerAsS3(objects, request, response);
      return;
    }
    invoke(frontend, request, response).catch(() => response.writeHead(502).end());
  });
  const proxy = await startProxy(await listen(server));
  return {
    proxyPort: proxy.port,
    authority: authority.certificate,
    stop: () => {
      for (const each of [server, ecr.server]) each.closeAllConnections();
      for (const each of [server, ecr.server]) each.close();
      void proxy.close();
    },
  };
}

function handlerFor(ecrPort: number, accepted: string) {
  const hash = createHash("sha256").update(accepted).digest("hex");
  const secret = () => Response.json({ SecretString: JSON.stringify({ client: hash }) });
  const token = () => Response.json({ authorizationData: [{ authorizationToken: ecrToken }] });
  return createHandler(
    {
      region: "us-west-2",
      dnsSuffix: "amazonaws.com",
      bucket: "releases",
      filePrefix: "files/",
      tokensSecret: "arn:tokens",
      registryHost: hosts.registry,
      repositories: `${ecrUrl}/v2/${prefix}`,
      anonymousPrefixes: ["open/"],
    },
    {
      fetch: (url, init) => {
        if (url.startsWith(ecrUrl)) return fetch(url.replace(ecrUrl, `http://127.0.0.1:${ecrPort}`), init);
        return Promise.resolve(url.includes("secretsmanager") ? secret() : token());
      },
      now: () => new Date(),
      credentials: () => ({ accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: "session" }),
    },
  );
}

async function startEcr(standIn: StandIn) {
  const listener: RequestListener = (request, response) => {
    answerAsEcr(standIn, request, response);
  };
  const server = createServer(listener);
  return { server, port: await listen(server) };
}

/** The target group of the load balancer, as the layer has it. */
export function synthesisedTargetGroup() {
  const layer = synthLayer(releaseService, {
    edit: (raw) => (raw.layers["release-service"] = { enabled: true }),
  });
  return layer.resource("aws_lb_target_group", "proxy-target-group");
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // A TCP server's address is an object once it listens.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
