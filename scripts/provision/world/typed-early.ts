import type { ReadStream } from "node:tty";

/** What was typed before it could be an answer. */
type TypedEarly = "nothing" | "keys" | "an interrupt";

/** Input is discarded until none has come for so long: a key that is held down repeats about 30 times a second. */
const quietMilliseconds = 60;
/** Then the question is asked, even if there is still input. */
const limitMilliseconds = 2_000;
/** As a byte, because raw mode sends no signal for it. */
const ctrlC = 0x03;

/**
 * Reads and drops what was typed and not read yet, unfinished lines included. Outside raw mode a terminal gives whole lines
 * only; raw mode makes all of it readable, on Linux (https://github.com/torvalds/linux/blob/v6.6/drivers/tty/n_tty.c,
 * `input_available_p`) as on macOS (https://github.com/apple-oss-distributions/xnu/blob/main/bsd/kern/tty.c, `TIOCSETAW`).
 * Changing modes alone drops nothing: https://github.com/libuv/libuv/blob/v1.x/src/unix/tty.c, `TCSADRAIN`.
 */
export function discardTyped(input: ReadStream): Promise<TypedEarly> {
  // Nobody can answer at a terminal that was closed.
  if (input.readableEnded || input.destroyed) return Promise.resolve("an interrupt");
  return new Promise((done) => {
    let typed: TypedEarly = "nothing";
    const drop = (data: Buffer) => {
      typed = typed === "an interrupt" || data.includes(ctrlC) ? "an interrupt" : "keys";
      quiet.refresh();
    };
    const finish = () => {
      clearTimeout(quiet);
      clearTimeout(limit);
      input.off("data", drop).off("end", finish).pause().setRawMode(false);
      done(typed);
    };
    const quiet = setTimeout(finish, quietMilliseconds);
    const limit = setTimeout(finish, limitMilliseconds);
    input.setRawMode(true).on("data", drop).on("end", finish).resume();
  });
}
