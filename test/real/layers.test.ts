import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layers } from "../../modules";
import { loadConfig } from "../synth";
import { createHostedZone, type Moto, startMoto } from "./moto";
import { type Difference, planDifferences, type PlanJson } from "./plan-difference";
import { explained } from "./plan-explanations";
import { rehearse, type Rehearsed } from "./rehearsed";
import { copyWithLocalState, realProviders, succeed, terraform, type Variables } from "./terraform";
import { missing } from "./tools";

/** argocd is kubernetes and helm, whose real providers are not in the mirror. */
const awsLayers = layers.map(({ name }) => name).filter((name) => name !== "argocd");
const because = missing("terraform", "mirror", "moto");

let rehearsed: Rehearsed;
let moto: Moto;

describe.skipIf(because !== undefined)(`the real AWS provider ${because ?? ""}`, () => {
  beforeAll(async () => {
    [rehearsed, moto] = await Promise.all([rehearse("example"), startMoto()]);
    const { domain } = loadConfig().environment;
    if ("parent" in domain) await createHostedZone(moto.url, domain.parent);
  });
  afterAll(async () => {
    moto.stop();
    await rehearsed.stop();
  });

  test.each(awsLayers)(
    "accepts %s without error or warning, and plans it as the rehearsal does",
    async (layer) => {
      const real = {
        ...rehearsed.rehearsal.environment,
        ...realProviders(rehearsed.scratch),
        ...answering(moto),
      };
      const folder = await planned(layer, "real", real);
      const report: unknown = JSON.parse(await succeed(folder, real, "validate", "-json"));
      expect(report).toMatchObject({ valid: true, error_count: 0, warning_count: 0, diagnostics: [] });

      const simulated = await planned(layer, "simulated", rehearsed.rehearsal.environment);
      const differences = planDifferences(
        await planJson(folder, real),
        await planJson(simulated, rehearsed.rehearsal.environment),
      );
      console.log(listed(layer, differences));
      expect(differences.filter((difference) => explained(difference) === undefined)).toEqual([]);
    },
  );
});

/** Where plans find what they ask for: the parent zone, and passwords to write; every other call to AWS fails. */
function answering({ url }: Moto): Variables {
  return {
    AWS_ENDPOINT_URL_ROUTE_53: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_MAX_ATTEMPTS: "1",
  };
}

/** Plans a layer from nothing, with the outputs of its needs as the rehearsal left them; gives the folder. */
async function planned(layer: string, provider: string, variables: Variables): Promise<string> {
  const folder = join(rehearsed.scratch, provider, layer);
  copyWithLocalState(rehearsed.layerFolder(layer), folder);
  await succeed(folder, variables, "init", "-input=false", "-no-color");
  const { code, stdout, stderr } = await terraform(
    folder,
    variables,
    "plan",
    "-input=false",
    "-no-color",
    "-out=plan",
  );
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
