import { type Answer, type Filler, type Params } from "./filler";

const ignores = "moto ignores conditions, so that a policy that denies without TLS would refuse everything";

/** Policies of buckets as they were sent; moto sees only that logs may be delivered. */
export function s3(): Filler {
  const policies = new Map<string, string>();
  const answer = (body: string, status: number): Answer => ({ status, type: "application/json", body });
  return {
    service: "s3",
    types: [],
    held: () => [...policies.keys()],
    reasons: { GetBucketPolicy: ignores, PutBucketPolicy: ignores, DeleteBucketPolicy: ignores },
    answers: {
      GetBucketPolicy({ params }) {
        const policy = policies.get(params.Bucket);
        return policy === undefined ? undefined : answer(policy, 200);
      },
      PutBucketPolicy({ params }) {
        policies.set(params.Bucket, String(params.Policy));
        return String(params.Policy).includes("logging.s3") ? undefined : answer("", 204);
      },
      DeleteBucketPolicy({ params }) {
        policies.delete(params.Bucket);
        return undefined;
      },
    },
    sends: { PutBucketPolicy: forLogs },
  };
}

/** Without conditions, and for the whole bucket: moto delivers logs to nothing less. */
function forLogs(policy: string): string {
  const { Statement, ...document }: Params = JSON.parse(policy);
  const allowed = Statement.filter(({ Effect }: Params) => Effect === "Allow");
  const widened = allowed.map(({ Condition: _condition, ...statement }: Params) => ({
    ...statement,
    Resource: String(statement.Resource).replace(/\/.*/, "/*"),
  }));
  return JSON.stringify({ ...document, Statement: widened });
}
