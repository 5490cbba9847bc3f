import type { Fault } from "./fault";

/** What may have passed in a moment. */
export const passingFaults: readonly Fault["kind"][] = ["throttled", "unavailable", "unreachable", "timeout"];
