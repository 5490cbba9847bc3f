import { conditionalWrites as verdict } from "../../../aws/conditional-writes";
import type { DoctorLook } from "../ground";

/** Whether locks hold in the state bucket. */
export const conditionalWrites: DoctorLook = {
  about: "conditional writes to the state bucket",
  why: "locks are objects that only one of several runs can create",
  look: ({ run }) => verdict(run, "look"),
};
