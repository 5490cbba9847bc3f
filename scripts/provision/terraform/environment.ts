/** Variables that conflict with this program: a workspace or a shared data folder would mix the layers' states. */
const ours = /^TF_(?:CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT)$/;

const automation = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };

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
  const kept = ["PATH", "HOME", "TMPDIR"].flatMap((name): [string, string][] => {
    const value = caller[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), ...automation, ...simulated };
}
