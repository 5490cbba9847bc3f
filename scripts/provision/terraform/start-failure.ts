/** Why the system does not start a program: `spawn EACCES` of `Cannot start "terraform": spawn EACCES`. */
export function startFailure(stderr: string): string {
  return stderr.trim().replace(/^Cannot start "[^"]*": /, "");
}
