import { join } from "node:path";
import { expect } from "vitest";
import type { Moto } from "./moto";
import { type Difference, planDifferences, type PlanJson } from "./plan-difference";
import { explained } from "./plan-explanations";
import type { Rehearsed } from "./rehearsed";
import { copyWithLocalState, realProviders, succeed, terraform, type Variables } from "./terraform";

/** Plans a rehearsed layer with the real AWS provider; expects neither error nor warning, and the plan of the rehearsal. */
export async function expectSamePlan(rehearsed: Rehearsed, moto: Moto, layer: string): Promise<void> {
  const simulating = { ...rehearsed.rehearsal.environment, ...rehearsed.secretVariables(layer) };
  const real = { ...simulating, ...realProviders(rehearsed.scratch), ...answering(moto) };
  const folder = await planned(rehearsed, { layer, provider: "real", variables: real });
  const report: unknown = JSON.parse(await succeed(folder, real, "validate", "-json"));
  expect(report).toMatchObject({ valid: true, error_count: 0, warning_count: 0, diagnostics: [] });

  const simulated = await planned(rehearsed, { layer, provider: "simulated", variables: simulating });
  const differences = planDifferences(await planJson(folder, real), await planJson(simulated, simulating));
  console.log(listed(layer, differences));
  expect(differences.filter((difference) => explained(difference) === undefined)).toEqual([]);
}

/** Where plans find what they ask for: the parent zone, and passwords to write; every other call to AWS fails. */
function answering({ url }: Moto): Variables {
  return {
    AWS_ENDPOINT_URL_ROUTE_53: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_MAX_ATTEMPTS: "1",
  };
}

interface Planning {
  readonly layer: string;
  readonly provider: "real" | "simulated";
  readonly variables: Variables;
}

/** Plans a layer from nothing, with the outputs of its needs as the rehearsal left them; gives the folder. */
async function planned(rehearsed: Rehearsed, { layer, provider, variables }: Planning): Promise<string> {
  const folder = join(rehearsed.scratch, provider, layer);
  copyWithLocalState(rehearsed.layerFolder(layer), folder);
  await succeed(folder, variables, "init", "-input=false", "-no-color");
  const words = ["plan", "-input=false", "-no-color", "-out=plan"];
  const { code, stdout, stderr } = await terraform(folder, variables, ...words);
  if (code !== 0) throw new Error(`${provider} provider, ${layer}: ${stdout}\n${stderr}`);
  expect(stdout + stderr).not.toMatch(/Warning:/);
  return folder;
}

async function planJson(folder: string, variables: Variables): Promise<PlanJson> {
  // Terraform's own format, of which we read a part.
  return JSON.parse(await succeed(folder, variables, "show", "-json", "plan")) as PlanJson;
}

function listed(layer: string, differences: readonly Difference[]): string {
  const lines = differences.map((difference) => {
    const { address, real, simulated } = difference;
    return `  ${address}: real ${real}, simulated ${simulated} (${explained(difference) ?? "not explained"})`;
  });
  return [
    `${layer}: ${differences.length} differences between the real and the simulated plan`,
    ...lines,
  ].join("\n");
}
