import type { Terminal } from "./index";

/** Which streams are a terminal, and the environment variables that say what it can do. */
interface Surroundings {
  /** Node leaves them undefined for a pipe or a file, whatever its types say. */
  readonly input: boolean | undefined;
  readonly output: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a terminal can do, or its user wants. */
export function terminalTraits({
  input = false,
  output = false,
  env,
}: Surroundings): Pick<Terminal, "interactive" | "live" | "colours" | "unicode"> {
  const isDumb = env["TERM"] === "dumb";
  return {
    interactive: input && output,
    // CI services record what is drawn to erase it again, also where they have a terminal.
    live: output && !isDumb && !isSet(env["CI"]),
    // https://no-color.org, https://force-color.org; where both are set, the user who cannot read colours is right.
    colours: !given(env["NO_COLOR"]) && (isSet(env["FORCE_COLOR"]) || (output && !isDumb)),
    unicode: /utf-?8/i.test([env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(given) ?? ""),
  };
}

function given(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

function isSet(value: string | undefined): boolean {
  return given(value) && value !== "0" && value !== "false";
}
