import { fileError } from "../../../../../lib/file-error";
import { UserError } from "../../../../../lib/errors";
import { diskSpace } from "../../../runner/disk-space";
import type { Verdict } from "../../../run/verdict";
import type { DoctorLook } from "../ground";

const folders: DoctorLook = {
  about: "working folders",
  why: "a run writes plans, logs and, until they are in the bucket, states there",
  look: ({ run, kept }) => {
    const places = [kept.own, kept.synthesised, kept.logs];
    const refused = places.flatMap((folder) =>
      notWritable(() => {
        run.world.files.assertWritable(`${folder}/run.lock`);
      }),
    );
    return Promise.resolve(
      refused.length > 0
        ? refused
        : { state: "ok", found: `${kept.own}, ${kept.synthesised} can be written` },
    );
  },
};

function notWritable(attempt: () => void): readonly Verdict[] {
  try {
    attempt();
    return [];
  } catch (error) {
    const known = error instanceof UserError ? error : fileError(error);
    if (known === undefined) throw error;
    return [{ state: "failed", found: known.message, cure: known.hint }];
  }
}

const disk: DoctorLook = {
  about: "free disk space",
  why: "without space, what Terraform has created can be recorded nowhere",
  look: ({ run, kept }) => Promise.resolve(diskSpace(run, kept)),
};

/** Looks at the machine itself. */
export const machineLooks: readonly DoctorLook[] = [folders, disk];
