import { Asked, type Filler } from "./fillers/filler";
import type { Decoded } from "./request";
import type { Given } from "./wire";

/** The answer of the filler that has one. */
export function filled(
  fillers: readonly Filler[],
  { service, operation, params, region }: Decoded,
): Given | undefined {
  for (const { answers } of fillers.filter((filler) => filler.service === service)) {
    const answer = answers?.[operation]?.(new Asked(params, region));
    if (answer !== undefined) {
      const { status, type, body, headers } = answer;
      return { status, headers: { ...headers, "content-type": type }, content: Buffer.from(body) };
    }
  }
  return undefined;
}

/** The body that goes to moto. */
export function sent(fillers: readonly Filler[], decoded: Decoded, body: Buffer): Buffer {
  return changed(fillers, { way: "sends", decoded, body });
}

/** What comes back of moto's answer. */
export function corrected(fillers: readonly Filler[], decoded: Decoded, given: Given): Given {
  const content = changed(fillers, { way: "corrects", decoded, body: given.content });
  if (content === given.content) return given;
  return { ...given, content, headers: { ...given.headers, "content-length": String(content.length) } };
}

function changed(
  fillers: readonly Filler[],
  {
    way,
    decoded,
    body,
  }: { readonly way: "sends" | "corrects"; readonly decoded: Decoded; readonly body: Buffer },
): Buffer {
  const { service, operation, params, region } = decoded;
  const change = fillers.find((filler) => filler.service === service && filler[way]?.[operation])?.[way]?.[
    operation
  ];
  return change === undefined ? body : Buffer.from(change(body.toString(), new Asked(params, region)));
}
