import type { Hook } from "../../../lib/environment/hooks";
import { lockVariable } from "../run/lock";
import type { Run } from "../run/run";
import { runIdVariable } from "./identify";

/** What a hook finds in its environment: what Terraform finds, and the facts of the run. */
export function hookEnvironment(run: Run, hook: Hook, outcome: string): Readonly<Record<string, string>> {
  const { world, loaded, folders, request, file } = run;
  const { name, account, region, partition } = loaded.environment;
  const runId = request.runId || world.environment[runIdVariable] || run.name;
  return {
    ...run.environment,
    [lockVariable]: run.lock.token,
    ...(runId ? { [runIdVariable]: runId } : {}),
    PROVISION_ENVIRONMENT: name,
    PROVISION_ENVIRONMENT_FILE: world.files.absolute(file),
    PROVISION_ACCOUNT: account,
    PROVISION_REGION: region,
    PROVISION_PARTITION: partition,
    PROVISION_COMMAND: request.command,
    PROVISION_WHEN: hook.when,
    PROVISION_LAYER: hook.layer ?? "",
    PROVISION_OUTCOME: outcome,
    PROVISION_OUTPUTS_FILE: outputsFile(run),
    PROVISION_LOG_FOLDER: world.files.absolute(folders.logs),
  };
}

/** The outputs that the run knows by now, by layer. Outputs hold no secrets, but they do describe the account. */
function outputsFile({ world, folders, known }: Run): string {
  const path = `${folders.logs}/outputs.json`;
  world.files.write(path, `${JSON.stringify(Object.fromEntries(known), undefined, 2)}\n`, "secret");
  return world.files.absolute(path);
}
