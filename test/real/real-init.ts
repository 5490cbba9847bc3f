import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed, type Variables } from "./terraform";

const lockFile = ".terraform.lock.hcl";

/**
 * Prepares folders for the real AWS provider. Only the first runs `init`; the others, which have the same providers and the
 * same backend, get what it left: Terraform itself refuses to plan where that does not fit.
 */
export class RealInit {
  private first: Promise<string> | undefined;

  async prepare(folder: string, variables: Variables): Promise<void> {
    if (this.first === undefined) {
      this.first = initialised(folder, variables);
      await this.first;
      return;
    }
    const first = await this.first;
    cpSync(join(first, ".terraform"), join(folder, ".terraform"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    cpSync(join(first, lockFile), join(folder, lockFile));
  }
}

/** Init has verified the package of 700 MB; without its hashes the commands that follow do not read it again, each. */
async function initialised(folder: string, variables: Variables): Promise<string> {
  await succeed(folder, variables, "init", "-input=false", "-no-color");
  const file = join(folder, lockFile);
  writeFileSync(file, readFileSync(file, "utf8").replace(/\n *hashes = \[[^\]]*\]/g, ""));
  return folder;
}
