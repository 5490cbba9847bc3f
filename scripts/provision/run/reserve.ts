import type { CommandDeclaration } from "../command-line/define";
import type { Request } from "../command-line/request";
import type { World } from "../world/index";
import type { RunFolders } from "./folders";
import { lockFolder, type RunLock } from "./lock";

/**
 * Reserves the folders of a run. Commands that run Terraform in them exclude each other; others synthesise to a temporary
 * folder, neither wait for a run nor change what it works with, and can do without a current folder that they may write
 * to. Throws `UserError` while another run has the lock.
 */
export function reserveFolders(
  world: World,
  run: {
    readonly command: Pick<CommandDeclaration, "uses">;
    readonly request: Request;
    readonly environment: string;
    readonly folders: RunFolders;
  },
): { readonly folders: RunFolders; readonly lock: RunLock } {
  const { folders, environment, request } = run;
  if (run.command.uses.terraform)
    return { folders, lock: lockFolder(world, { folder: folders.own, environment, request }) };
  const synthesised = world.files.temporary();
  const release = () => {
    world.files.remove(synthesised);
  };
  return { folders: { ...folders, synthesised }, lock: { token: "", release } };
}
