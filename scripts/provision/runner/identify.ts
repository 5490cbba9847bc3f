import { newRunName, type RunIdentity } from "../run/identity";
import type { Run } from "../run/run";
import { shortLine } from "../run/short-line";

/** In which `--run-id` may be given, also to the runs of hooks. */
export const runIdVariable = "PROVISION_RUN_ID";

/** Longer than git takes in a large repository; without an answer the commit is unknown. */
const gitSeconds = 5;

/** Says who runs what; `caller` is how AWS knows them. */
export async function identify(run: Run, caller: string | undefined): Promise<RunIdentity> {
  const { world, request } = run;
  const commit = await commitOf(run);
  const runId = request.runId || world.environment[runIdVariable];
  return {
    run: newRunName(world.clock.now(), (count) => world.randomBytes(count)),
    ...(runId ? { runId } : {}),
    ...{ user: world.self.user, host: world.self.host, pid: world.self.pid },
    ...(caller === undefined || caller === "" ? {} : { caller }),
    command: shortLine(request),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** The commit of the environment file's checkout; undefined outside of one, or without git. */
async function commitOf({ world, configFolder, environment }: Run): Promise<string | undefined> {
  const { exitCode, stdout } = await world.processes.run({
    program: "git",
    // The name of a commit alone, whatever tags there are.
    arguments: ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
    ...{ folder: configFolder, environment, timeoutSeconds: gitSeconds },
  });
  const found = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40}(-dirty)?$/.test(found) ? found : undefined;
}
