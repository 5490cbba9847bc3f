import { option } from "../../command-line/option";
import type { ValuesOf } from "../../command-line/define";
import { defineFilelessCommand } from "../../run/fileless-command";
import type { Invocation } from "../../run/invocation";

const options = {
  shell: {
    ...option.required("--shell <shell>", "bash, zsh or fish; also without --shell, after the command"),
    choices: ["bash", "zsh", "fish"],
  },
};

/** What `provision completion` has to work with. */
export type CompletionInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision completion`. */
export const completion = defineFilelessCommand({
  name: "completion",
  summary: "print a script that completes commands, options, environments and layers in bash, zsh or fish",
  examples: [
    ["completion bash > ~/.provision.bash", "then, in ~/.bashrc: source ~/.provision.bash"],
    ["completion zsh > ~/.provision.zsh", "then, in ~/.zshrc after compinit: source ~/.provision.zsh"],
    ["completion fish > ~/.config/fish/completions/provision.fish", "fish finds it there"],
  ],
  options,
  argument: "shell",
  uses: { environment: "none", terraform: false, rehearsal: "no", selection: "every" },
  load: () => import("./completion.ts"),
});
