import type { Filler, Members } from "./filler";

const ignores = "moto ignores conditions, so that a policy that denies without TLS would refuse everything";

/** Policies of buckets as they were sent; moto sees only that logs may be delivered. */
export function s3(): Filler {
  const policies = new Map<string, string>();
  const answer = (body: string, status: number) => ({ status, type: "application/json", body });
  return {
    service: "s3",
    held: () => policies.keys(),
    reasons: { GetBucketPolicy: ignores, PutBucketPolicy: ignores, DeleteBucketPolicy: ignores },
    answers: {
      GetBucketPolicy(asked) {
        const policy = policies.get(asked.text("Bucket"));
        return policy === undefined ? undefined : answer(policy, 200);
      },
      PutBucketPolicy(asked) {
        const policy = asked.text("Policy");
        policies.set(asked.text("Bucket"), policy);
        return policy.includes("logging.s3") ? undefined : answer("", 204);
      },
      DeleteBucketPolicy(asked) {
        policies.delete(asked.text("Bucket"));
        return undefined;
      },
    },
    sends: { PutBucketPolicy: forLogs },
  };
}

/** Without conditions, and for the whole bucket: moto delivers logs to nothing less. */
function forLogs(policy: string): string {
  // Our own policy document.
  const { Statement, ...document } = JSON.parse(policy) as {
    readonly Statement: readonly (Members & { readonly Effect: string; readonly Resource: string })[];
  };
  const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
  const widened = allowed.map((statement) => ({
    ...statement,
    Condition: undefined,
    Resource: statement.Resource.replace(/\/.*/, "/*"),
  }));
  return JSON.stringify({ ...document, Statement: widened });
}
