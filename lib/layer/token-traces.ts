// cdktf captures an unlimited stack trace for every token, in an object that is not used afterwards. With ts-node, which
// maps each frame to its source, this takes half of the time of a synthesis. TOKEN_STACKS=1 enables the traces.
const capture = Error.captureStackTrace.bind(Error);

if (!process.env["TOKEN_STACKS"]) {
  Error.captureStackTrace = (target, below) => {
    if (!isOfToken(target)) capture(target, below);
  };
}

/** cdktf/lib/tokens/private/stack-trace.js starts with `{ stack: "" }`. */
function isOfToken(target: object): boolean {
  return !(target instanceof Error) && "stack" in target && target.stack === "";
}
export {};
