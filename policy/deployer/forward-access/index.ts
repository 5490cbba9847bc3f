import { dataCalls } from "./data";
import { edgeCalls } from "./edge";
import type { ForwardedCalls } from "./forwarded-calls";
import { computeCalls } from "./compute";
import { taggingCalls } from "./tagging";

/** Every known call that AWS makes as the caller while it serves the requests of the AWS provider. */
export const forwardedCalls: readonly ForwardedCalls[] = [
  ...computeCalls,
  ...edgeCalls,
  ...dataCalls,
  ...taggingCalls,
];
