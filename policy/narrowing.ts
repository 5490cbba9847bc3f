import { coverInternet } from "./address-ranges";

/** A condition of a statement. */
export interface Condition {
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Whether only some requests fulfil a condition: its values are listed, and none of them matches anything or anybody. */
export function isNarrowing({ operator, key, values }: Condition): boolean {
  if (/Not|IfExists$|^Null$|^ForAllValues:/.test(operator) || values.length === 0) return false;
  if (/^aws:(vpc)?sourceip$/.test(key)) return !coverInternet(values);
  const [, names] = forms.find(([keys]) => keys.test(key)) ?? [undefined, startsWithText];
  return values.map(withoutReferences).every(names);
}

type Form = (value: string) => boolean;

const matching =
  (pattern: RegExp): Form =>
  (value) =>
    pattern.test(value);
const never: Form = () => false;
const isLiteral = matching(/^[^*?]+$/);
const startsWithText = matching(/^[^*?]/);

/** What a value must name, by the keys; of other keys it starts with text. */
const forms: readonly (readonly [keys: RegExp, names: Form])[] = [
  // Every request has them, or can choose them.
  [/^aws:(securetransport|useragent|referer|currenttime|epochtime|tokenissuetime)$|^s3:tlsversion$/, never],
  [/:(principal|resource|source|caller|vpce)(account|owner)$/, matching(/^([0-9]{12}|REFERENCE)$/)],
  [/:(principal|resource|source|vpce)orgid$/, matching(/^(o-[a-z0-9]{10,32}|REFERENCE)$/)],
  [/:(principal|resource|source|vpce)orgpaths$/, matching(/^(o-[a-z0-9]{10,32}|REFERENCE)\//)],
  [/^(aws|ec2|ssm|lambda|iam|kms):.*arn$/, namesAccount],
  [/^aws:(ec2instance)?sourcevpce?$/, isLiteral],
  [/^aws:userid$/, matching(/^[A-Z0-9]{12,}/)],
  [/:aud$/, isLiteral],
  [/:sub$/, namesSubject],
];

/** Whether an ARN has an account; of services whose ARNs have none, a resource. */
function namesAccount(arn: string): boolean {
  const [, , service = "", , account = "", ...resource] = arn.split(":");
  if (arn === "REFERENCE" || /^([0-9]{12}|REFERENCE)$/.test(account)) return true;
  // A wildcard there may stand for colons, too.
  if (account !== "" || !isLiteral(service)) return arn.startsWith("REFERENCE");
  return /^[^*?/]+($|\/.*[^*?/])/.test(resource.join(":"));
}

/** Whether a subject of an identity provider is one, or one of an owner or namespace that it names. */
function namesSubject(subject: string): boolean {
  if (subject.startsWith("system:")) return /^system:serviceaccount:[^*?:]+:[^*?:]*\*?$/.test(subject);
  return isLiteral(subject) || /^[^*?:/]+:[^*?:/]+\//.test(subject);
}

/** Terraform knows what an expression stands for; that it matches anything is not to be expected. */
function withoutReferences(value: string): string {
  return value.replace(/\$\{[^}]*\}/g, "REFERENCE");
}
