import { verbOf } from "../command-line/request";
import { exitCodes, UserError } from "../../../lib/errors";
import { layerFolder } from "../../../synthesis/folder";
import { readLayer } from "../../../synthesis/read";
import { holdsSecrets } from "../../../synthesis/secret-values";
import { commonOptions, flagOf } from "../command-line/common-options";
import type { Run } from "../run/run";
import { wantedLog } from "./log-levels";

/**
 * Makes providers write every message to files of a folder, values included:
 * https://developer.hashicorp.com/terraform/plugin/debugging#protocol-data
 */
const dumps = "TF_LOG_SDK_PROTO_DATA_DIR";

/** Throws before the first layer if Terraform would log secret values of the selected layers. */
export function assertNoLoggedSecrets(run: Run): void {
  const { environment, request, loaded } = run;
  const log = wantedLog(environment);
  const isDumped = (environment[dumps] ?? "") !== "";
  const isLogged = log?.isVerbose === true && !request.allowDebugLog;
  if (!isDumped && !isLogged) return;
  const secret = run.selected.filter(({ name }) =>
    holdsSecrets(readLayer(run.world.files, layerFolder(run.folders.synthesised, name))),
  );
  if (secret.length === 0) return;
  const names = secret.map(({ name }) => name).join(", ");
  const what = `Cannot ${verbOf(request)} "${loaded.environment.name}"`;
  throw isDumped
    ? new UserError(
        `${what}: with ${dumps}, providers write the secrets of ${names} to files`,
        `Unset ${dumps}, or select other layers`,
        exitCodes.preflightFailed,
      )
    : new UserError(
        `${what}: with ${log?.variable ?? ""}=${log?.value ?? ""}, Terraform logs the secrets of ${names}`,
        `Unset ${log?.variable ?? ""} or set it to INFO, or select other layers; ${flagOf(commonOptions.allowDebugLog)} leaves the contents of requests out of the log of these layers`,
        exitCodes.preflightFailed,
      );
}
