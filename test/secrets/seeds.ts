import { randomBytes } from "node:crypto";
import { issue } from "../certificates";
import type { RawEnvironment } from "../synth";
import type { Secret } from "./traces";

const later = new Date("2099-01-01T00:00:00Z");

/** Files with secrets, generated for one test. */
export interface Seeds {
  /** By path relative to the environment file. */
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: readonly Secret[];
}

/** The Terraform variables that get their values from files, and what of them is secret: everybody sees certificates. */
export const secretVariables = {
  docker_credentials: "docker token",
  ghcr_credentials: "ghcr token",
  certificate_private_key: "private key",
  certificate_body: undefined,
  certificate_chain: undefined,
  certificate_root: undefined,
} as const;

/** Configures an environment to read every possible secret from a file; returns those files. */
export function seed(raw: RawEnvironment): Seeds {
  const domain = `${raw.name}.${raw.domain.parent}`;
  const authority = issue({ name: "Authority", to: later });
  const server = issue({ name: domain, by: authority, names: [domain, `*.${domain}`], to: later });
  raw.layers.route53 = {
    ...raw.layers.route53,
    certificate: {
      source: "pem",
      certificateFile: "tls/server.crt",
      privateKeyFile: "tls/server.key",
      chainFile: "tls/chain.crt",
    },
  };
  raw.layers["registry-cache"] = {
    ...raw.layers["registry-cache"],
    enabled: (raw.partition ?? "aws") === "aws",
    docker: { credentialsFile: "credentials/docker.json" },
    ghcr: { credentialsFile: "credentials/ghcr.json" },
  };
  const tokens = { docker: randomBytes(24).toString("hex"), ghcr: randomBytes(24).toString("hex") };
  const account = (accessToken: string) => JSON.stringify({ username: "operator", accessToken });
  return {
    files: {
      "tls/server.crt": server.certificate,
      "tls/server.key": server.privateKey,
      "tls/chain.crt": authority.certificate,
      "credentials/docker.json": account(tokens.docker),
      "credentials/ghcr.json": account(tokens.ghcr),
    },
    secrets: [
      // The lines of its body; the last may be short.
      {
        name: "private key",
        cores: server.privateKey.split("\n").filter((line) => /^[\w+/]{64}$/.test(line)),
      },
      { name: "docker token", cores: [tokens.docker] },
      { name: "ghcr token", cores: [tokens.ghcr] },
    ],
  };
}
