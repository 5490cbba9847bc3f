import { quoted } from "../command-line/quoted";

/** The program that a run uses for Terraform, and the folder of a layer, in which it runs. */
interface Place {
  readonly program: string;
  readonly folder: string;
}

/** A command of Terraform for a hint, as it is typed: of the program that the run uses, e.g. OpenTofu. */
export function typedCommand({ program, folder }: Place, command: string): string {
  return `${quoted(program)} -chdir=${quoted(folder)} ${command}`;
}
