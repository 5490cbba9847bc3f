import type { CompletedOption, Values, Vocabulary } from "./vocabulary";

/** The script for bash, from the version 3.2 of macOS on. */
export function bashScript({ commands, layers, valued }: Vocabulary): string {
  const cases = commands.map(({ name, options, words, implied }) =>
    [
      `    ${name}${implied ? "|''" : ""})`,
      "      case $previous in",
      ...options.flatMap(valueCase),
      "      esac",
      `      options="${[...options.map(({ flag }) => flag), "--help"].join(" ")}"`,
      ...(words.length === 0 ? [] : [`      words="${words.join(" ")}"`]),
      "      ;;",
    ].join("\n"),
  );
  return `# Completion of provision in bash; written by: provision completion bash
${lists}

_provision() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= options= words= skip= list= word i
  local layers="${layers.join(" ")}"
  COMPREPLY=()
${commandOnLine(valued)}
  case $current in
    *,*)
      list=\${current%,*},
      for word in \${list//,/ }; do
        layers=" $layers "
        layers=\${layers/ $word / }
      done
      ;;
  esac
  case $command in
${cases.join("\n")}
  esac
  case $current in
    -*) words=$options ;;
    *) [ -n "$command" ] || words="${commands.map(({ name }) => name).join(" ")}" ;;
  esac
  [ -n "$command" ] || [ "\${words#-}" = "$words" ] || words="$words --version"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _provision provision
`;
}

/**
 * Lists the environments without a start of the product, and completes paths. A name of a file is data: `compgen -W` would
 * run what one like `$(…)` says, and so would the command line that it is inserted into unquoted.
 */
const lists = `_provision_environments() (
  # Elsewhere, capital letters can be between a and z.
  LC_ALL=C
  for file in configs/*.yaml; do
    file=\${file##*/}
    file=\${file%.yaml}
    case $file in
      [!a-z]*|*[!a-z0-9-]*) ;;
      "$1"*) printf '%s\\n' "$file" ;;
    esac
  done
)

_provision_paths() {
  local path quotes=
  # The bash of macOS has no compopt, which lets bash quote what it inserts.
  compopt -o filenames 2>/dev/null || quotes=1
  while IFS= read -r path; do
    [ -z "$quotes" ] || printf -v path %q "$path"
    COMPREPLY+=("$path")
  done < <(compgen "$1" -- "$2")
}`;

/** Finds the command among the words before the current one, and the flag whose value is completed. */
function commandOnLine(valued: readonly string[]): string {
  return `  # bash takes the sign in --env=dev for a word.
  if [ "$current" = "=" ]; then
    current=
  elif [ "$previous" = "=" ]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [ -n "$skip" ]; then
      [ "$word" = "=" ] || skip=
      continue
    fi
    case $word in
      ${valued.join("|")}) skip=1 ;;
      -*|=) ;;
      *) command=$word; break ;;
    esac
  done`;
}

function valueCase({ flag, values }: CompletedOption): readonly string[] {
  const action = actionFor(values);
  return action === undefined ? [] : [`        ${flag}) ${action}; return ;;`];
}

function actionFor(values: Values): string | undefined {
  switch (values) {
    case "none":
      return undefined;
    case "environments":
      return 'case $current in */*) _provision_paths -f "$current" ;; *) COMPREPLY=($(_provision_environments "$current")) ;; esac';
    case "layers":
      return `COMPREPLY=($(compgen -P "$list" -W "$layers" -- "\${current##*,}"))`;
    case "files":
      return '_provision_paths -f "$current"';
    case "folders":
      return '_provision_paths -d "$current"';
    case "free":
      return ":";
    default:
      return `COMPREPLY=($(compgen -W "${values.choices.join(" ")}" -- "$current"))`;
  }
}
