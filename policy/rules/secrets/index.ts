import type { Rule } from "../../rule";
import { parameterEncrypted } from "./parameter-encrypted";
import { secretEncrypted } from "./secret-encrypted";
import { secretRotation } from "./secret-rotation";
import { secretValue } from "./secret-value";

/** Rules about secrets and parameters. */
export const secretsRules: readonly Rule[] = [
  secretEncrypted,
  secretRotation,
  secretValue,
  parameterEncrypted,
];
