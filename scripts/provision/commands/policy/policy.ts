import { exitCodes, UserError } from "../../../../lib/errors";
import { version } from "../../../../package.json";
import { deployerRights } from "../../../../policy/deployer";
import { type LayerJson, SynthesisedJson } from "../../../../synthesis/environment";
import { exceptions } from "../../../../policy/exceptions";
import { rules } from "../../../../policy/index";
import { judge } from "../../../../policy/judgement";
import { policyJson, policyTable } from "../../../../policy/report";
import { policySarif } from "../../../../policy/sarif";
import { environmentPath } from "../../environment-file";
import { layerFolder } from "../../run/folders";
import type { Run } from "../../run/run";
import { surveyActions } from "../../aws/survey";

/** Prints what the rules say about every layer; returns 1 when something is wrong, or an exception has run out. */
export function judgeLayers(run: Run): number {
  const { request, screen, loaded, world } = run;
  const document = synthesisedDocument(run);
  const now = world.clock.now();
  const judgement = judge({ environment: loaded.environment, synthesised: document, rules, exceptions, now });
  const text = {
    table: () => `\n${policyTable(screen.ink, judgement, rules)}`,
    json: () => policyJson(judgement),
    sarif: () => policySarif(judgement, rules, { file: environmentPath(request.env), version }),
  };
  screen.print(text[request.format ?? "table"]());
  return judgement.violations.length + judgement.expired.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** Prints the policies of the role that runs Terraform, as a JSON list. */
export function printDeployerRights(run: Run): void {
  const { layers, loaded } = run;
  const looks = surveyActions(layers, loaded);
  const { policies, unknownTypes } = deployerRights(synthesisedDocument(run), loaded.environment, looks);
  if (unknownTypes.length > 0) {
    throw new UserError(
      `Cannot list what the deployer needs: no actions are known for ${unknownTypes.map((type) => `"${type}"`).join(", ")}`,
      "Add them to a file in policy/deployer/",
    );
  }
  run.screen.print(JSON.stringify(policies, undefined, 2));
}

function synthesisedDocument({ world, layers, folders }: Run): SynthesisedJson {
  const json = layers.map(({ name }) => {
    const text = world.files.read(`${layerFolder(folders.synthesised, name)}/cdk.tf.json`) ?? "{}";
    // Terraform JSON, synthesised a moment ago.
    return [name, JSON.parse(text) as LayerJson] as const;
  });
  return new SynthesisedJson(Object.fromEntries(json));
}
