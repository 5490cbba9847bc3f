import type { Candidate } from "./candidates";

/**
 * What resources say that look for their object themselves when it is imported, instead of leaving the words to Terraform: by
 * hashicorp/aws 5.100, hashicorp/helm 3.1 and hashicorp/kubernetes 2.38. Each gives the end of the ID that it was imported by.
 */
const ownWords: Readonly<Record<string, (error: string) => string | undefined>> = {
  aws_route_table_association: (error) => {
    const [, table, target] =
      /association found between route table ID (\S+) and target ID (\S+)/.exec(error) ?? [];
    return table === undefined ? undefined : `${target ?? ""}/${table}`;
  },
  helm_release: (error) => nameIn(/Unable to get Helm release (\S+): release: not found/.exec(error)),
  kubernetes_service_account_v1: (error) => nameIn(/: serviceaccounts "([^"]+)" not found/.exec(error)),
};

function nameIn(match: RegExpExecArray | null): string | undefined {
  return match?.[1] === undefined ? undefined : `/${match[1]}`;
}

/** Whether an error says that the object of a candidate does not exist; no other error says anything about that. */
export function saysAbsent(error: string, { address, id }: Candidate): boolean {
  if (error.includes("Cannot import non-existent remote object"))
    return error.includes(`"${address}"`) || error.includes(JSON.stringify(address));
  const end = ownWords[typeOf(address)]?.(error);
  return end !== undefined && id.endsWith(end);
}

/** Whether an error says that the object of one of these types does not exist, but not of which resource. */
export function saysSomeAbsent(error: string): boolean {
  return /^(?:│ )?Error: couldn't find resource\s*$/.test(error);
}

/** Whether a resource may say so: its importer passes on that what it belongs to does not exist. */
export function isNamelessWhenAbsent({ address }: Candidate): boolean {
  return ["aws_lambda_permission", "aws_route_table_association"].includes(typeOf(address));
}

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}
