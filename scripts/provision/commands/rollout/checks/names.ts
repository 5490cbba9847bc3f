import type { Checked, Surroundings } from "./check";

/** As many names are listed. */
const listed = 5;

/** Whether the names of the platform resolve on this machine. */
export async function checkNames({ run, entrance }: Surroundings): Promise<Checked> {
  const { hosts, internal } = entrance;
  const resolved = await Promise.all(hosts.map((host) => run.world.network.resolves(host)));
  const missing = hosts.filter((_, index) => resolved[index] !== true);
  if (missing.length === 0) return { outcome: "passed", text: `all ${hosts.length} resolve` };
  // A private zone answers in the VPC alone.
  if (internal && missing.length === hosts.length)
    return { outcome: "not checked", text: "the names are internal, and do not resolve on this machine" };
  const some = missing.slice(0, listed).join(", ");
  const more = missing.length > listed ? ` and ${missing.length - listed} more` : "";
  return { outcome: "failed", text: `${some}${more} ${missing.length === 1 ? "does" : "do"} not resolve` };
}
