// cdktf captures an unlimited stack trace for every token and ts-node source-maps each one: half of the time of a
// synthesis. Tokens pass a plain object, so only real errors are mapped. TOKEN_STACKS=1 brings the traces back.
// eslint-disable-next-line @typescript-eslint/unbound-method -- V8 calls it without a receiver
const mapped = Error.prepareStackTrace as typeof Error.prepareStackTrace | undefined;

if (!process.env["TOKEN_STACKS"]) {
  Error.prepareStackTrace = (error: unknown, sites): unknown => {
    if (!(error instanceof Error)) return "";
    return mapped ? mapped(error, sites) : [String(error), ...sites.map(plainFrame)].join("\n");
  };
}

function plainFrame(site: NodeJS.CallSite): string {
  const place = `${site.getFileName() ?? ""}:${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}`;
  return `    at ${site.getFunctionName() ?? "<anonymous>"} (${place})`;
}
export {};
