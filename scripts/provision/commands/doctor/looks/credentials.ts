import { clockVerdict } from "../../../aws/clock";
import { askingAws, type DoctorLook } from "../ground";
import { expiry } from "./expiry";

const credentials: DoctorLook = {
  about: "credentials",
  why: "Terraform creates everything with them, in the account of the environment file",
  cureWhenLate: "Check the network, HTTPS_PROXY and NO_PROXY, and whatever provides the credentials",
  look: async ({ run, account }) => {
    if (run.request.rehearse) return { state: "skipped", found: "a rehearsal needs none" };
    const { hindrances, unknown, caller = "" } = await account();
    if (hindrances.length > 0)
      return hindrances.map(({ reason, cure }) => ({ state: "failed", found: reason, cure }));
    const [because] = unknown;
    if (because !== undefined) return { state: "skipped", found: because };
    return { state: "ok", found: `${caller}, account ${run.loaded.environment.account}` };
  },
};

const region: DoctorLook = {
  about: "region",
  why: "a region that is not enabled refuses credentials which are valid elsewhere",
  look: async ({ run, account }) => {
    const { caller } = await account();
    const { region: name } = run.loaded.environment;
    return caller === undefined
      ? { state: "skipped", found: `STS of ${name} has not said who asks` }
      : { state: "ok", found: `${name} is enabled: its own STS accepts the credentials` };
  },
};

const clock: DoctorLook = {
  about: "clock",
  why: "AWS refuses requests that were signed at another time, and the cluster its tokens",
  look: async ({ account }) => clockVerdict((await account()).clockAheadSeconds),
};

/** Looks at the credentials, all by one question. */
export const accountLooks: readonly DoctorLook[] = [credentials, expiry, ...[region, clock].map(askingAws)];
