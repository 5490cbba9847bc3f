/** What `init` asks for; answers are text, lists with commas. */
export type AnswerName =
  | "account"
  | "region"
  | "zones"
  | "scaleProfile"
  | "domainKind"
  | "domain"
  | "adminRoles"
  | "adminCidrs"
  | "emails"
  | "vpcCidr";

/** The answers that are known so far. */
export type Answers = Readonly<Partial<Record<AnswerName, string>>>;

/** The items of an answer that is a list; `none` is the empty one. */
export function listOf(answer: string | undefined): readonly string[] {
  if (answer === undefined || answer === "none") return [];
  return answer.split(/[\s,]+/).filter((item) => item !== "");
}
