// Must not compile: checked by `tsc`, an expected error above each wrong line.
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { actions } from "../../lib/layer/rights";
import type { Price } from "../../lib/layer/prices";

const base = {
  name: "shop",
  summary: "",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build: () => ({}),
} as const;
const price: Price = { item: "requests", unit: "million", usd: 0.4 };
const quota = { service: "sqs", code: "L-1", name: "Queues", default: 1, scope: "region" } as const;

// What layers may declare of their types.
defineLayer({ ...base, rights: { aws_sqs_queue: { actionsOnAnyResource: actions("sqs", "ListQueues") } } });
defineLayer({ ...base, quotas: { aws_sqs_queue: [{ quota, amount: () => 2 }] } });
defineLayer({ ...base, prices: { aws_sqs_queue: [price], aws_sqs_queue_policy: [] } });

// @ts-expect-error actions as text, which IAM would take as one action
defineLayer({ ...base, rights: { aws_sqs_queue: { actions: "sqs:CreateQueue sqs:DeleteQueue" } } });
// @ts-expect-error a right that does not exist
defineLayer({ ...base, rights: { aws_sqs_queue: { everywhere: actions("sqs", "ListQueues") } } });
// @ts-expect-error a quota that does not say where it counts
defineLayer({ ...base, quotas: { aws_sqs_queue: [{ quota: { ...quota, scope: undefined } }] } });
// @ts-expect-error a price without a unit
defineLayer({ ...base, prices: { aws_sqs_queue: [{ item: "requests", usd: 0.4 }] } });
