import { requestId, type Reply } from "./reply";
import { element, xmlDocument } from "./xml";

/** Who the rehearsal pretends to be. */
export interface Caller {
  readonly account: string;
  readonly partition: string;
}

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** The answer of STS GetCallerIdentity: an assumed role of the rehearsed account. */
export function callerIdentity({ account, partition }: Caller): Reply {
  const result = element("GetCallerIdentityResult", [
    element("Arn", `arn:${partition}:sts::${account}:assumed-role/simulated/rehearsal`),
    element("UserId", "AROASIMULATED0000000:rehearsal"),
    element("Account", account),
  ]);
  const metadata = element("ResponseMetadata", [element("RequestId", requestId())]);
  const body = xmlDocument("GetCallerIdentityResponse", [result, metadata], namespace);
  return { status: 200, headers: { "content-type": "text/xml" }, body };
}
