import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UserError } from "../../lib/errors";
import { commandOf, type Order } from "./arguments";
import { unpackCommit } from "./source";
import type { Release, Step } from "./step";
import { assertTools, tools } from "./tools";

/** Makes the release of the commit that is checked out in a folder, in its dist/. */
export async function makeRelease(checkout: string, order: Order, all: readonly Step[]): Promise<void> {
  const steps = all.filter(({ part }) => part === undefined || order.parts.has(part));
  assertTools(steps, [tools.git, tools.tar]);
  const { architectures } = order;
  const command = commandOf(order);
  const key = order.key === undefined ? undefined : keyAt(order.key);
  const scratch = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const sources = join(scratch, "sources");
    const source = unpackCommit(checkout, sources);
    const out = join(checkout, "dist");
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    console.log(`${source.name} ${source.version}, commit ${source.commit.slice(0, 12)}`);
    const unreleased = unreleasedEntries(readFileSync(join(sources, "CHANGELOG.md"), "utf8"));
    if (unreleased !== undefined) console.warn(unreleased);
    for (const step of steps)
      await runStep(step, { ...source, sources, scratch, out, key, architectures, command });
    console.log(`The release is in ${out}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A warning that the commit has more than what the changelog gives its version; undefined if it has not. */
export function unreleasedEntries(changelog: string): string | undefined {
  const [, section = ""] = /^## Unreleased$(.*?)(?=^## |(?![^]))/ms.exec(changelog) ?? [];
  if (!section.includes("\n- ")) return undefined;
  return `  CHANGELOG.md has entries under "Unreleased", which this release would have without saying so: set a new version before you publish it`;
}

/** Steps run in folders of their own. */
function keyAt(path: string): string {
  // A key of a key management service has a URI: https://docs.sigstore.dev/cosign/key_management/overview/
  if (path.includes("://")) return path;
  if (existsSync(path)) return resolve(path);
  throw new UserError(
    `Cannot make the release: there is no key ${path}`,
    "Correct the path after --key, or create a key: cosign generate-key-pair",
  );
}

async function runStep(step: Step, release: Release): Promise<void> {
  const started = performance.now();
  await step.run(release);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${step.name.padEnd(12)}${step.summary.padEnd(36)}${seconds.padStart(7)} s`);
}
