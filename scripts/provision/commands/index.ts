import type { Command } from "../run/command";
import { apply } from "./apply/index";
import { completion } from "./completion/index";
import { capacity } from "./capacity/index";
import { databases } from "./databases/index";
import { destroy } from "./destroy/index";
import { doctor } from "./doctor/index";
import { environments } from "./environments/index";
import { exportCommand } from "./export/index";
import { handover } from "./handover/index";
import { history } from "./history/index";
import { iam } from "./iam/index";
import { init } from "./init/index";
import { migrate } from "./migrate/index";
import { outputs } from "./outputs/index";
import { password } from "./password/index";
import { plan } from "./plan/index";
import { policy } from "./policy/index";
import { publish } from "./publish/index";
import { rehearse } from "./rehearse/index";
import { rollout } from "./rollout/index";
import { recover } from "./recover/index";
import { restore } from "./restore/index";
import { status } from "./status/index";
import { supportBundle } from "./support-bundle/index";
import { tunnel } from "./tunnel/index";
import { unlock } from "./unlock/index";
import { validate } from "./validate/index";
import { verifyGitops } from "./verify-gitops/index";
import { version } from "./version/index";

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [
  init,
  apply,
  plan,
  destroy,
  rehearse,
  environments,
  validate,
  doctor,
  status,
  history,
  outputs,
  exportCommand,
  capacity,
  policy,
  verifyGitops,
  handover,
  iam,
  publish,
  rollout,
  password,
  recover,
  unlock,
  restore,
  databases,
  tunnel,
  migrate,
  supportBundle,
  completion,
  version,
];
