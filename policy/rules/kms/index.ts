import type { Rule } from "../../rule";
import { keyDeletion } from "./key-deletion";
import { keyEnabled } from "./key-enabled";
import { keyPolicy } from "./key-policy";
import { keyPrivate } from "./key-private";
import { keyRotation } from "./key-rotation";

/** Rules about keys. */
export const kmsRules: readonly Rule[] = [keyRotation, keyDeletion, keyEnabled, keyPolicy, keyPrivate];
