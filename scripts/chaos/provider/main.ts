import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { addProviderService } from "../../../rehearsal/protocol/services";
import { type providerNames, simulatedProvider } from "../../../rehearsal/providers";
import { NamesInUse } from "../../../rehearsal/schema/names-in-use";
import { placeVariable, type ProviderPlace } from "./place";
import { addPluginServices } from "./plugin-services";

/** How often it looks whether the Terraform that started it still runs. */
const watchMs = 300;

/**
 * A simulated provider as a process of its own, which Terraform starts and ends as it does a real one. Terraform needs
 * TF_DISABLE_PLUGIN_TLS in its environment, since Node cannot make certificates:
 * https://github.com/hashicorp/go-plugin/blob/main/docs/guide-plugin-write-non-go.md
 */
async function main(name: (typeof providerNames)[number]): Promise<void> {
  // Written by the account that the variable comes from.
  const place = JSON.parse(readFileSync(process.env[placeVariable] ?? "", "utf8")) as ProviderPlace;
  const { directory, settings } = place;
  const folder = mkdtempSync(join(tmpdir(), "tf-"));
  const leave = (): never => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  leaveWithTerraform(leave);
  // Terraform works in the folder of a layer; several processes of one provider must not write one file.
  const names = new NamesInUse([process.cwd()], join(folder, "names.json"));
  const handlers = simulatedProvider(name, { directory, settings, names, cache: undefined })();
  // Terraform asks the first process alone for its schemas, and speaks to all others in their terms.
  await handlers.GetProviderSchema({});
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  addProviderService(server, handlers);
  addPluginServices(server, leave);
  const socket = join(folder, name);
  await listen(server, `unix:${socket}`);
  process.stdout.write(`1|6|unix|${socket}|grpc|\n`);
}

function leaveWithTerraform(leave: () => never): void {
  process.on("SIGTERM", leave);
  // An interrupt of the whole process group is for Terraform, which then asks its providers to stop.
  process.on("SIGINT", () => undefined);
  // Terraform was killed before it read where this process listens.
  process.stdout.on("error", leave);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave();
  }, watchMs).unref();
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

// Terraform starts it with the name that the mirror gives.
void main(process.argv[2] as (typeof providerNames)[number]);
