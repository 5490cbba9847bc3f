import type { CompletedOption, Values, Vocabulary } from "./vocabulary";

/** The script for zsh. */
export function zshScript({ commands, layers, valued }: Vocabulary): string {
  const cases = commands.map(({ name, options, words, implied }) =>
    [
      `    (${name}${implied ? "|''" : ""})`,
      "      case $previous in",
      ...options.flatMap(valueCase),
      "      esac",
      `      options=(${[...options, help].map(({ flag, summary }) => described(flag, summary)).join(" ")})`,
      ...(words.length === 0 ? [] : [`      arguments=(${words.join(" ")})`]),
      "      ;;",
    ].join("\n"),
  );
  return `#compdef provision
# Completion of provision in zsh; written by: provision completion zsh
_provision() {
  emulate -L zsh
  local current=$words[CURRENT] previous=$words[CURRENT-1] command= skip= word
  local -a layers listed environments options arguments commands
  layers=(${layers.join(" ")})
  environments=(configs/*.yaml(N:t:r))
  # Others cannot be the name of an environment.
  environments=(\${environments:#([^a-z]*|*[^a-z0-9-]*)})
  commands=(${commands.map(({ name, summary }) => described(name, summary)).join(" ")})
${commandOnLine(valued)}
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    compset -P '*='
  fi
  case $command in
${cases.join("\n")}
  esac
  if [[ $current == -* ]]; then
    [[ -n $command ]] || options+=('--version:print the version')
    _describe -o option options
  elif [[ -z $command ]]; then
    _describe command commands
  elif (( $#arguments )); then
    compadd -a arguments
  fi
}

if [[ $funcstack[1] == _provision ]]; then
  _provision "$@"
else
  compdef _provision provision
fi
`;
}

const help = { flag: "--help", summary: "print the help of the command" };

/** Finds the command among the words before the current one, and the layers that can be added to it. */
function commandOnLine(valued: readonly string[]): string {
  return `  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      (${valued.join("|")}) skip=1 ;;
      (-*) ;;
      (*) command=$word; break ;;
    esac
  done
  # Layers that the word already lists are not offered again.
  if [[ $current == *,* ]]; then
    listed=(\${(s:,:)\${\${current%,*}#*=}})
    layers=(\${layers:|listed})
  fi`;
}

function described(word: string, summary: string): string {
  return `'${word}:${summary.replaceAll("'", "'\\''")}'`;
}

function valueCase({ flag, values }: CompletedOption): readonly string[] {
  const action = actionFor(values);
  return action === undefined ? [] : [`        (${flag}) ${action}; return ;;`];
}

function actionFor(values: Values): string | undefined {
  switch (values) {
    case "none":
      return undefined;
    case "environments":
      return "compadd -a environments; _files -g '*.yaml'";
    case "layers":
      return "compset -P '*,'; compadd -a layers";
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "free":
      return ":";
    default:
      return `compadd ${values.choices.join(" ")}`;
  }
}
