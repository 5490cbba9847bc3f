/** As Terraform calls a command, e.g. `apply` or `state push`. */
export function commandName(commandArguments: readonly string[]): string {
  const [first = "", second = ""] = commandArguments;
  return first === "state" ? `${first} ${second}` : first;
}
