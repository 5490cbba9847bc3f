import type { Run } from "../../run/run";
import { counted } from "../../run/counted";
import { printable } from "../../screen/printable";
import type { Finding } from "./diagnosis";

/** The findings for a program. */
export function documentOf({ loaded, request }: Run, findings: readonly Finding[]): object {
  const { name, account, region } = loaded.environment;
  return { environment: name, account, region, rehearsal: request.rehearse, checks: findings };
}

const states = ["failed", "warning", "skipped", "ok"] as const;

/** The findings for a person: what is not as it should be with its reason and cure, everything else in one line. */
export function textOf({ screen }: Pick<Run, "screen">, findings: readonly Finding[]): string {
  const { red, yellow, green, dim } = screen.ink;
  const inks = { failed: red, warning: yellow, skipped: dim, ok: green };
  const lines = findings.flatMap((finding) => {
    const { state, about, why, found } = finding;
    const line = `${inks[state](state.padEnd(7))}  ${about}: ${printable(found)}`;
    if (!("cure" in finding)) return [line];
    return [line, `           ${dim(`why: ${why}`)}`, `           ${printable(finding.cure)}`];
  });
  const counts = states.flatMap((state) => {
    const count = findings.filter((finding) => finding.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return ["", ...lines, "", `${counted(findings.length, "check")}: ${counts.join(", ")}`].join("\n");
}
