import { exitCodes, UserError } from "../../../lib/errors";
import type { Request } from "../command-line/request";
import type { Files, World } from "../world/index";
import { hasEnded, type Holder, readHolder } from "./lock-holder";
import { shortLine } from "./short-line";

/** The one run that may use an environment's folders. */
export interface RunLock {
  /** Tells a hook's own `provision` that its caller holds the lock. */
  readonly token: string;
  /** Names a run that ended without releasing it; unset in all other cases. */
  readonly note?: string;
  /** That run's process. */
  readonly abandoned?: number;
  /** Lets other runs begin; may be called more than once. */
  readonly release: () => void;
}

/** The variable in which a hook finds the token. */
export const lockVariable = "PROVISION_LOCK";

/** Another run that takes over an abandoned lock is done after a few system calls. */
const attempts = 100;

/** Locks the folder of an environment's runs. Throws `UserError` while another run holds the lock. */
export function lockFolder(
  world: World,
  {
    folder,
    environment,
    request,
  }: { readonly folder: string; readonly environment: string; readonly request: Request },
): RunLock {
  const { files, self, clock } = world;
  const path = `${folder}/run.lock`;
  const { pid, host } = self;
  const holder = { pid, host, command: shortLine(request), started: clock.now().toISOString() };
  const text = `${JSON.stringify(holder)}\n`;
  let other: Holder | undefined;
  let note: string | undefined;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (files.create(path, text))
      return held(files, {
        path,
        text,
        holder,
        note,
        abandoned: note === undefined ? undefined : other?.pid,
      });
    const found = files.read(path);
    // Released in the meantime.
    if (found === undefined) continue;
    other = readHolder(found);
    if (other !== undefined && tokenOf(other) === world.environment[lockVariable])
      return { token: tokenOf(other), release: () => undefined };
    if (other === undefined || !hasEnded(world, other)) break;
    const unreadable = removeAbandoned(world, { path, found, text });
    if (unreadable !== undefined) throw refused({ path: unreadable, environment, request, self }, undefined);
    note = `Took over the lock of process ${other.pid}, which ended without releasing it`;
  }
  throw refused({ path, environment, request, self }, other);
}

function held(
  files: Files,
  lock: {
    readonly path: string;
    readonly text: string;
    readonly holder: Holder;
    readonly note: string | undefined;
    readonly abandoned: number | undefined;
  },
): RunLock {
  const { path, text, holder, note, abandoned } = lock;
  return {
    token: tokenOf(holder),
    ...(note === undefined ? {} : { note }),
    ...(abandoned === undefined ? {} : { abandoned }),
    release: () => {
      if (files.read(path) === text) files.remove(path);
    },
  };
}

/**
 * Only one run at a time removes a lock, so that none removes the lock of a run that was quicker. Returns the path of the file
 * that prevents that for good, if there is one: nobody can tell whose it is.
 */
function removeAbandoned(
  world: World,
  { path, found, text }: { readonly path: string; readonly found: string; readonly text: string },
): string | undefined {
  const { files } = world;
  const guard = `${path}.takeover`;
  if (files.create(guard, text)) {
    if (files.read(path) === found) files.remove(path);
    files.remove(guard);
    return undefined;
  }
  const guarding = files.read(guard);
  // The other run is done.
  if (guarding === undefined) return undefined;
  const other = readHolder(guarding);
  if (other === undefined) return guard;
  if (hasEnded(world, other)) files.remove(guard);
  return undefined;
}

function refused(
  wanted: {
    readonly path: string;
    readonly environment: string;
    readonly request: Request;
    readonly self: World["self"];
  },
  holder: Holder | undefined,
): UserError {
  const { path, environment, request, self } = wanted;
  const failed = `Cannot run ${request.command} for "${environment}"`;
  if (holder === undefined)
    return new UserError(
      `${failed}: its lock file "${path}" cannot be read`,
      `If no other run of "${environment}" is in progress, run: rm ${path}`,
      exitCodes.locked,
    );
  const { pid, host, command, started } = holder;
  const otherwise =
    host === self.host
      ? `if process ${pid} is another program`
      : `if process ${pid} no longer runs on ${host}`;
  return new UserError(
    `${failed}: process ${pid} on "${host}" has run "${command}" since ${inMinutes(started)}`,
    `Wait until that run ends; ${otherwise}, run: rm ${path}`,
    exitCodes.locked,
  );
}

function tokenOf({ host, pid, started }: Holder): string {
  return `${host}:${pid}:${started}`;
}

/** `2026-01-01 09:00 UTC`. */
function inMinutes(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}
