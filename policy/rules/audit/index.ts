import type { Rule } from "../../rule";
import { alarmActions } from "./alarm-actions";
import { logEncrypted } from "./log-encrypted";
import { logRetention } from "./log-retention";
import { topicEncrypted } from "./topic-encrypted";
import { trailAlarms } from "./trail-alarms";
import { trailBucket } from "./trail-bucket";
import { trailEnabled } from "./trail-enabled";
import { trailEncrypted } from "./trail-encrypted";
import { trailLogGroup } from "./trail-log-group";
import { trailObjects } from "./trail-objects";
import { trailRegions } from "./trail-regions";
import { trailTopic } from "./trail-topic";
import { trailValidation } from "./trail-validation";

/** Rules about trails, logs and alarms. */
export const auditRules: readonly Rule[] = [
  trailRegions,
  trailValidation,
  trailEncrypted,
  trailLogGroup,
  trailTopic,
  trailEnabled,
  trailBucket,
  trailObjects,
  trailAlarms,
  logEncrypted,
  logRetention,
  alarmActions,
  topicEncrypted,
];
