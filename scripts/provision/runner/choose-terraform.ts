import { commandLine, printsDocument } from "../command-line/request";
import { Interrupted } from "../run/interrupts";
import type { Run } from "../run/run";
import { cachedProgram } from "../terraform/opentofu/cache";
import { releaseFiles } from "../terraform/opentofu/names";
import { checkProgram, terraformProgram } from "../terraform/program";
import { askConsent, Declined } from "./consent";

/**
 * The Terraform of a run: the caller's, or else OpenTofu, which --install-tools or a person at a terminal lets it fetch. Without
 * either, the program may be one that does not exist, which the check of the prerequisites reports with everything else.
 */
export async function chooseTerraform(run: Run): Promise<string> {
  const { world, environment, request } = run;
  const found = terraformProgram(world, environment);
  // What the caller names is not replaced.
  if (world.environment["TERRAFORM_BINARY_NAME"] !== undefined) return found;
  if (request.installTools)
    return "version" in (await checkProgram(world, found, environment)) ? found : fetchInto(run);
  if (world.processes.isInstalled(found, environment)) return found;
  return (await offered(run)) ? fetchInto(run) : found;
}

/** Asks whether to fetch it, where somebody can answer. */
async function offered(run: Run): Promise<boolean> {
  const { world, request } = run;
  const cached = cachedProgram(world);
  const canAsk = world.terminal.interactive && !printsDocument(request);
  // A rehearsal answers its own questions, but this is none of them.
  const mayAsk = canAsk && (request.rehearse || !request.yes);
  if (!mayAsk || cached === undefined || releaseFiles(world) === undefined) return false;
  const { version } = world.downloads.openTofu;
  try {
    await askConsent(run, {
      verb: "fetch",
      subject: `OpenTofu ${version}`,
      question: `There is no Terraform on the PATH. Fetch OpenTofu ${version}, about 30 MB, to ${cached.folder}?`,
      next: commandLine(request),
    });
    return true;
  } catch (error) {
    if (error instanceof Declined) return false;
    throw error;
  }
}

/** What OpenTofu is fetched with is loaded when it is. */
async function fetchInto(run: Run): Promise<string> {
  const { world, environment, request, events, interrupts } = run;
  const { version } = world.downloads.openTofu;
  const { fetchOpenTofu } = await import("../terraform/opentofu/fetch.ts");
  const abort = new AbortController();
  try {
    const program = await events.step(`fetching OpenTofu ${version}`, (progress) =>
      interrupts.abandoning(
        fetchOpenTofu(world, { request, environment, signal: abort.signal, progress }),
        new Interrupted(`OpenTofu ${version}`, commandLine(request)),
      ),
    );
    events.note(`Fetched OpenTofu ${version} to ${program}; signature and checksum are correct`);
    return program;
  } finally {
    abort.abort();
  }
}
