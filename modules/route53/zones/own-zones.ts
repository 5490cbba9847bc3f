import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import { addAuthorisation } from "../certificate/authorisation";
import { delegate } from "./delegation";
import { sign, type Signing } from "./dnssec";
import { addQueryLog } from "./query-log";
import type { Zones } from "./settings";
import { addZones } from "./zones";

type NewZones = Extract<z.output<typeof Zones>, { source: "new" }>;

/** The domain's zones, new or existing. */
export interface Names {
  readonly publicZoneId: string;
  readonly privateZoneId: string;
  readonly dsRecords: Readonly<Record<string, string>>;
}

/** Adds the domain's zones, with query log, CAA record, DNSSEC and delegation. */
export function addOwnZones(
  stack: LayerStack,
  zones: NewZones,
  { vpcId, logKeyArn }: { readonly vpcId: string; readonly logKeyArn: string },
): Names {
  const { publicZone, privateZone } = addZones(stack, { vpcId });
  const { zoneId } = publicZone;
  const { queryLog } = zones;
  if (queryLog.enabled) addQueryLog(stack, { zoneId, logKeyArn, retentionDays: queryLog.retentionDays });
  addAuthorisation(stack, zoneId, zones.certificateAuthorities);
  const signing = zones.dnssec === "unsigned" ? undefined : sign(stack, zoneId);
  addDelegation(stack, zones, { publicZone, signing });
  return {
    publicZoneId: zoneId,
    privateZoneId: privateZone.zoneId,
    dsRecords: signing === undefined ? {} : { public: signing.dsRecord },
  };
}

function addDelegation(
  stack: LayerStack,
  { parentZoneId, nsTtlSeconds, dnssec }: NewZones,
  { publicZone, signing }: Pick<ReturnType<typeof addZones>, "publicZone"> & { signing: Signing | undefined },
): void {
  const { domain } = stack.environment;
  if (!("parent" in domain)) return;
  const from = { parent: domain.parent, parentZoneId, ttl: nsTtlSeconds };
  delegate(stack, publicZone, { ...from, signing: dnssec === "delegated" ? signing : undefined });
}
