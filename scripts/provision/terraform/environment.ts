/** Variables that conflict with this program: a workspace or a shared data folder would mix the layers' states. */
const ours = /^TF_(?:CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT)$/;

const automation = {
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
  CHECKPOINT_DISABLE: "1",
  // Wins over a workspace that somebody has selected in a layer's folder, whose state would be an empty one.
  TF_WORKSPACE: "default",
};

/** What programs in general need, and version managers to find their Terraform: asdf, tfenv, tenv, tofuenv, mise, proto. */
const alsoSimulated = /^(?:PATH|HOME|TMPDIR|XDG_\w+_HOME|(?:ASDF|TFENV|TENV|TOFUENV|MISE|PROTO)_\w+)$/;

/** Terraform's environment variables in a real run: the caller's, without conflicting ones. */
export function realEnvironment(
  caller: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ours.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...automation };
}

/** Terraform's environment variables in a rehearsal, without those that could reach a real account. */
export function rehearsalEnvironment(
  caller: Readonly<Record<string, string | undefined>>,
  simulated: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && alsoSimulated.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...automation, ...simulated };
}
