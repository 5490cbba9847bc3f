import { exitCodes } from "../../../../lib/errors";
import { bashScript } from "./bash";
import { fishScript } from "./fish";
import type { CompletionInvocation } from "./index";
import { type Vocabulary, vocabularyOf } from "./vocabulary";
import { zshScript } from "./zsh";

const scripts: Readonly<Record<string, (vocabulary: Vocabulary) => string>> = {
  bash: bashScript,
  fish: fishScript,
  zsh: zshScript,
};

/**
 * Prints the script of a shell. All that it completes is in the script, but for the files in configs/, which the shell
 * lists itself: to start this program at every Tab takes half a second.
 */
export async function handle(invocation: CompletionInvocation): Promise<number> {
  const { request, screen } = invocation;
  const layers = (await invocation.loadLayers()).map(({ name }) => name);
  const script = scripts[request.shell]?.(vocabularyOf(request.commands, layers)) ?? "";
  screen.verbatim(script.trimEnd());
  return exitCodes.done;
}
