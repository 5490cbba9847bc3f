import { spawnSync } from "node:child_process";
import { UserError } from "../lib/errors";
import { chaos } from "./chaos/chaos";
import { readOptions, usage } from "./chaos/options";

/** Set in the namespace. */
const inside = "CHAOS_IN_NAMESPACE";

/**
 * Starts this program again where it may mount file systems that nobody else sees, also as a user without rights: a disk that
 * is full is a small one of its own. https://man7.org/linux/man-pages/man7/user_namespaces.7.html
 */
function inNamespace(): number {
  const words = ["--user", "--map-root-user", "--mount", process.execPath, ...process.execArgv];
  const { status, error } = spawnSync("unshare", [...words, ...process.argv.slice(1)], {
    stdio: "inherit",
    env: { ...process.env, [inside]: "1" },
  });
  if (error !== undefined)
    throw new UserError(`Cannot disturb runs: ${error.message}`, "Use Linux, with unshare of util-linux");
  return status ?? 1;
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) console.log(usage);
    else if (process.env[inside] === undefined) process.exitCode = inNamespace();
    else process.exitCode = (await chaos(options)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`${error.message}\n  ${error.hint}`);
    process.exitCode = error.exitCode;
  }
}

void main();
