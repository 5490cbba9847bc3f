import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { selfSignedCertificate } from "./certificate";
import { addPluginServices, addProviderService } from "./services";
import type { Handlers } from "./tfplugin";

const magicCookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const unlimitedMessages = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves a provider to the Terraform process that started this one, until it says so, ends or kills it. */
export async function servePlugin(handlers: Handlers): Promise<void> {
  if (process.env["TF_PLUGIN_MAGIC_COOKIE"] !== magicCookie) {
    process.stderr.write("Cannot serve a provider: Terraform did not start this process\n");
    process.exit(1);
  }
  const directory = mkdtempSync(join(tmpdir(), "tf-"));
  const leave = (): never => {
    rmSync(directory, { recursive: true, force: true });
    process.exit(0);
  };
  leaveWithTerraform(leave);

  const version = offeredVersion();
  const server = new Server(unlimitedMessages);
  addProviderService(server, handlers, version);
  addPluginServices(server, leave);
  const { credentials, certificate } = transportSecurity();
  const socket = join(directory, "socket");
  await bind(server, `unix:${socket}`, credentials);
  process.stdout.write(`1|${version}|unix|${socket}|grpc|${certificate}\n`);
}

function offeredVersion(): 5 | 6 {
  const offered = (process.env["PLUGIN_PROTOCOL_VERSIONS"] ?? "6").split(",");
  return offered.includes("6") ? 6 : 5;
}

function leaveWithTerraform(leave: () => never): void {
  process.on("SIGTERM", leave);
  // An interrupt reaches the whole process group; Terraform decides, and calls StopProvider, then Shutdown.
  process.on("SIGINT", () => undefined);
  // Terraform was killed before it read where this process listens.
  process.stdout.on("error", leave);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave();
  }, 1000).unref();
}

/** Terraform sends its certificate and then refuses plain connections. */
function transportSecurity(): { credentials: ServerCredentials; certificate: string } {
  const client = process.env["PLUGIN_CLIENT_CERT"];
  if (!client) return { credentials: ServerCredentials.createInsecure(), certificate: "" };
  const own = selfSignedCertificate();
  const pair = { cert_chain: Buffer.from(own.pem), private_key: Buffer.from(own.keyPem) };
  return {
    credentials: ServerCredentials.createSsl(Buffer.from(client), [pair], true),
    // go-plugin decodes the handshake's last field without padding.
    certificate: own.der.toString("base64").replace(/=+$/, ""),
  };
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
