import type { Rule } from "../../rule";
import { administration } from "./administration";
import { escalation } from "./escalation";
import { keyUse } from "./key-use";
import { managedAdministration } from "./managed-administration";
import { passRole } from "./pass-role";
import { policiesReadable } from "./policies-readable";
import { publicResources } from "./public-resources";
import { serviceWildcards } from "./service-wildcards";
import { trustConditions } from "./trust-conditions";
import { trustPods } from "./trust-pods";
import { unboundedChanges } from "./unbounded-changes";
import { unboundedReads } from "./unbounded-reads";

/** Rules about permissions. */
export const iamRules: readonly Rule[] = [
  policiesReadable,
  administration,
  serviceWildcards,
  unboundedChanges,
  unboundedReads,
  escalation,
  keyUse,
  passRole,
  trustConditions,
  trustPods,
  managedAdministration,
  publicResources,
];
