/** Whether this command of Terraform changes objects or a state. */
export function isChanging(command: string): boolean {
  return commands.has(command);
}

const commands = new Set(["apply", "import", "state push", "state rm", "untaint"]);
