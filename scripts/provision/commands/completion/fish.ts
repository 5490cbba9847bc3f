import type { Values, Vocabulary } from "./vocabulary";

/** The script for fish. */
export function fishScript(vocabulary: Vocabulary): string {
  const { commands } = vocabulary;
  const lines = commands.flatMap(({ name, summary, options, words }) => [
    `complete -c provision -n __provision_no_command -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) =>
        `complete -c provision -n '__provision_in ${name}' -l ${option.flag.slice(2)}${valuesOf(option.values)} -d ${quoted(option.summary)}`,
    ),
    ...(words.length === 0
      ? []
      : [`complete -c provision -n '__provision_in ${name}' -a ${quoted(words.join(" "))}`]),
  ]);
  return `# Completion of provision in fish; written by: provision completion fish
${functions(vocabulary)}

complete -c provision -f
complete -c provision -l help -d 'print the help of the command'
complete -c provision -n __provision_no_command -l version -d 'print the version'
${lines.join("\n")}
`;
}

/** What the conditions and the lists below call. */
function functions({ commands, layers, valued }: Vocabulary): string {
  const implied = commands.find((command) => command.implied)?.name ?? "";
  return `function __provision_command
  set -l words (commandline -opc)
  set -l skip
  for word in $words[2..-1]
    if test -n "$skip"
      set skip
      continue
    end
    switch $word
      case ${valued.join(" ")}
        set skip 1
      case '-*'
      case '*'
        echo $word
        return
    end
  end
end

function __provision_no_command
  set -l command (__provision_command)
  test -z "$command"
end

function __provision_in
  set -l command (__provision_command)
  test -n "$command"; or set command ${implied}
  test "$command" = $argv[1]
end

function __provision_environments
  for file in configs/*.yaml
    string replace -fr '^configs/([a-z][a-z0-9-]*)\\.yaml$' '$1' -- $file
  end
  set -l typed (commandline -ct)
  string match -q '*/*' -- $typed; and __fish_complete_path $typed
end

function __provision_layers
  # Those that the word already lists are not offered again.
  set -l listed (string split , -- (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -r ',?[^,]*$' ''))
  for layer in ${layers.join(" ")}
    contains -- $layer $listed; or echo $layer
  end
end`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function valuesOf(values: Values): string {
  switch (values) {
    case "none":
      return "";
    case "environments":
      return " -x -a '(__provision_environments)'";
    case "layers":
      return " -x -a '(__fish_complete_list , __provision_layers)'";
    case "files":
      return " -r -F";
    case "folders":
      return " -x -a '(__fish_complete_directories)'";
    case "free":
      return " -x";
    default:
      return ` -x -a ${quoted(values.choices.join(" "))}`;
  }
}
