import { credentialTime } from "../../../runner/credential-time";
import { askingAws } from "../ground";

/** Whether the credentials last as long as the run. */
export const expiry = askingAws({
  about: "expiry of the credentials",
  why: "a run whose credentials expire stops in the middle, perhaps before it has saved a state",
  look: ({ run, kept }) => Promise.resolve(credentialTime(run, kept)),
});
