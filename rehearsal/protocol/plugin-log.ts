/** Writes a line that Terraform shows under TF_LOG; stdout belongs to the handshake. */
export function pluginLog(level: "debug" | "info" | "warn" | "error", message: string): void {
  const line = {
    "@level": level,
    "@message": message,
    "@module": "simulated",
    "@timestamp": new Date().toISOString(),
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
