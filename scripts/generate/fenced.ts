/** A block of YAML in Markdown. */
export function fenced(text: string): string {
  return `\`\`\`yaml\n${text}\`\`\``;
}
