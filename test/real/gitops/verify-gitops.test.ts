import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { expectedBy } from "../../../gitops/expectations/expected";
import { type HandedOver, handedOver } from "../../../gitops/expectations/provided/handed-over";
import { type ReleaseName, releaseNames } from "../../../gitops/releases";
import { openCheckout } from "../../../scripts/provision/commands/verify-gitops/checkout";
import { helmRender } from "../../../scripts/provision/commands/verify-gitops/helm";
import { renderApplications } from "../../../scripts/provision/commands/verify-gitops/render";
import { Screen } from "../../../scripts/provision/screen/screen";
import { realWorld } from "../../../scripts/provision/world/real";
import { type Example, examples, loadExample } from "../../gitops/examples";
import { factsFile, factsText } from "../../gitops/facts";
import { type RawEnvironment, synthEnvironment } from "../../synth";
import { provision } from "../provision";
import { checkoutOf, helm, noCheckout } from "./checkouts";

const root = resolve(__dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "verify-gitops-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(examples)("$title", (example) => {
  test.skipIf(noCheckout(example.release))(
    "what its applications expect is what the file of facts has; -u writes it",
    async () => {
      const { release } = example;
      const given = handOver(example);
      const { applications, obstacles } = await renderApplications(tools(release), given);
      expect(obstacles).toEqual([]);
      const text = factsText(release, expectedBy(applications, given.names), given.names);
      await expect(text).toMatchFileSnapshot(factsFile(example));
    },
  );
});

describe.each(releaseNames)("release %s", (release) => {
  const skipped = noCheckout(release);
  const variables = { HELM: helm };

  test.skipIf(skipped)("configs/example.yaml provides all that its charts expect", async () => {
    const args = ["--env", configuredFor(release), "--emf", checkoutOf(release), "--format", "json"];
    const { output } = await provision(folder, variables, "verify-gitops", ...args);
    expect(JSON.parse(output)).toMatchObject({ release, stopsAtWave: null, findings: [] });
  });

  test.skipIf(skipped)("another release than the file's is verified on request", async () => {
    const other = releaseNames.find((name) => name !== release) ?? release;
    const args = ["--env", configuredFor(other), "--emf", checkoutOf(release), "--format", "json"];
    const refused = await provision(folder, variables, "verify-gitops", ...args);
    expect(refused.output).toContain(`add --release ${release} to verify the environment with this one`);
    const { output } = await provision(folder, variables, "verify-gitops", ...args, "--release", release);
    expect(JSON.parse(output)).toMatchObject({ release, findings: [] });
  });
});

/** What an example hands over. */
function handOver(example: Example): HandedOver {
  const loaded = loadExample(example);
  const given = handedOver(synthEnvironment(loaded), loaded.environment);
  if (given === undefined) throw new Error("configs/example.yaml has no root application");
  return given;
}

function tools(release: ReleaseName): Parameters<typeof renderApplications>[0] {
  const world = realWorld(root);
  const caller = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const given = { ...world, environment: { ...world.environment, HELM: helm } };
  return {
    files: world.files,
    checkout: openCheckout(world.files, checkoutOf(release), release),
    render: helmRender(given, new Screen(world), { environment: caller, ownFiles: undefined }),
  };
}

/** Path of configs/example.yaml with a release. */
function configuredFor(release: ReleaseName): string {
  const raw: RawEnvironment = parse(readFileSync(join(root, "configs/example.yaml"), "utf8"));
  raw.layers.platform.release = release;
  const file = join(folder, release, "example.yaml");
  mkdirSync(join(folder, release), { recursive: true });
  writeFileSync(file, stringify(raw));
  return file;
}
