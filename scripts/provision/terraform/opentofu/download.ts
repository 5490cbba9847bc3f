import { pause } from "../../run/pause";
import type { Answer, World } from "../../world/index";
import type { Mirror } from "./mirror";
import { Refused } from "./refused";

/** What to download. */
export interface Wanted {
  readonly file: string;
  readonly maximumMegabytes: number;
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

/** Where to download from, and until when. */
export interface Source extends Mirror {
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const attempts = 5;
const redirects = 5;
const patienceMinutes = 20;

/**
 * Downloads a file; goes on where a connection was cut. Throws `Refused` for what another attempt cannot change, for more
 * than the maximum, and when it takes too long.
 */
export async function download(world: World, source: Source, wanted: Wanted): Promise<Uint8Array> {
  const deadline = world.clock.seconds() + patienceMinutes * 60;
  const received: Uint8Array[] = [];
  for (let attempt = 1; ; attempt += 1)
    try {
      await receive(world, source, { ...wanted, received, deadline });
      return Buffer.concat(received);
    } catch (error) {
      if (error instanceof Refused || source.signal.aborted) throw error;
      if (attempt === attempts) throw new Refused(`${source.folder.host} ${reasonOf(error)}`);
      await pause(world.clock, attempt, () => source.signal.aborted);
    }
}

interface Receiving extends Wanted {
  /** What there is of it, which grows. */
  readonly received: Uint8Array[];
  /** In seconds of the world's clock. */
  readonly deadline: number;
}

/** Receives the rest of a file, or all of it where the server begins anew. */
async function receive(world: World, source: Source, wanted: Receiving): Promise<void> {
  const { received, file, deadline } = wanted;
  const answer = await request(world, source, wanted);
  if (!answer.continues) received.splice(0);
  for await (const chunk of answer.body) {
    received.push(chunk);
    assertSize(size(received), wanted);
    wanted.onProgress?.(size(received), answer.total);
    if (world.clock.seconds() > deadline)
      throw new Refused(`"${file}" is not complete after ${patienceMinutes} minutes`);
  }
  if (answer.total !== undefined && size(received) < answer.total)
    throw new Error(`sent ${size(received)} of ${answer.total} bytes of "${file}"`);
}

interface Begun extends Answer {
  /** Whether it goes on where the last one was cut. */
  readonly continues: boolean;
  /** Size of the file, if the server says so. */
  readonly total: number | undefined;
}

/** Sends a request for the rest of a file. */
async function request(world: World, source: Source, wanted: Receiving): Promise<Begun> {
  const { file } = wanted;
  const from = size(wanted.received);
  const answer = await follow(world, source, {
    url: new URL(file, source.folder),
    range: from === 0 ? {} : { range: `bytes=${from}-` },
  });
  const { status, headers } = answer;
  const continues = status === 206 && headers["content-range"]?.startsWith(`bytes ${from}-`) === true;
  if (status === 416 && from > 0) {
    // The connection was cut after the last byte, or there is another file by now.
    wanted.received.splice(0);
    throw new Error(`answers 416 for "${file}"`);
  }
  if (status !== 200 && !continues) throw unexpected(source, file, status);
  const length = headers["content-length"];
  const total = length === undefined ? undefined : Number(length) + (continues ? from : 0);
  if (total !== undefined) assertSize(total, wanted);
  return { ...answer, continues, total };
}

async function follow(
  world: World,
  source: Source,
  to: { readonly url: URL; readonly range: Readonly<Record<string, string>> },
): Promise<Answer> {
  const { environment, signal, authorization, folder } = source;
  let { url } = to;
  for (let count = 0; count <= redirects; count += 1) {
    // Credentials are for the mirror alone.
    const login = authorization !== undefined && url.origin === folder.origin ? { authorization } : {};
    const headers = { ...to.range, ...login };
    const answer = await world.downloads.get({ url, headers, environment, signal });
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
    await answer.body[Symbol.asyncIterator]().return?.();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next === undefined || (next.protocol !== "https:" && next.protocol !== folder.protocol))
      throw new Refused(`${url.host} redirects to an address that is not safe`);
    url = next;
  }
  throw new Refused(`${folder.host} redirects more than ${redirects} times`);
}

function unexpected({ folder }: Source, file: string, status: number): Error {
  const text = `answers ${status} for "${file}"`;
  // What may be over in a moment: https://www.rfc-editor.org/rfc/rfc9110#name-status-codes
  return status >= 500 || status === 429 || status === 408
    ? new Error(text)
    : new Refused(`${folder.host} ${text}`);
}

function assertSize(bytes: number, { file, maximumMegabytes }: Wanted): void {
  if (bytes > maximumMegabytes * 1e6)
    throw new Refused(`"${file}" is larger than ${maximumMegabytes} MB, which it cannot be`);
}

function size(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** Node tries several addresses, and then says nothing but a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (/^(answers|sent) /.test(error.message)) return error.message;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return `cannot be reached: ${error.message || code}`;
}
