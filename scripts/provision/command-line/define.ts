import type { AnyLayer } from "../../../lib/layer/layer";

/** What an option gives to a command. */
export type OptionValue = string | boolean | readonly string[] | undefined;

/** How a command prints what a program may read; `text` and `table` are for people. */
export type Format = "text" | "table" | "markdown" | "yaml" | "json" | "sarif" | "github";

/** An option, declared once: parsing, help, the reference and repeated command lines are derived from it. */
export interface OptionDeclaration<Value extends OptionValue = OptionValue> {
  /** `--recovery-point <arn>`; without a name in brackets, it takes no value. */
  readonly flags: string;
  readonly summary: string;
  readonly kind: "flag" | "value" | "list";
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** Names of options that say something else of the same thing: only one of them may be given. */
  readonly conflicts?: readonly string[];
  readonly ifAbsent: Value;
}

/** Options by the name that a command reads them by. */
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** What a command reads from the options it declares. */
export type ValuesOf<Options extends OptionDeclarations> = {
  readonly [Name in keyof Options]: Options[Name] extends OptionDeclaration<infer Value> ? Value : never;
};

/** The layers that a command accepts in `--only`, if not all of them are valid. */
export interface LayerChoice {
  readonly count: "one" | "any number";
  /** For `--help`: which layers. */
  readonly summary: string;
  readonly fits: (layer: AnyLayer) => boolean;
}

/** A word of the command line, as far as parsing, help and the reference are concerned. */
export interface CommandDeclaration {
  readonly name: string;
  readonly summary: string;
  /** What it does with an environment, as in `Cannot watch the rollout of "dev"`; default: its name, which is then a verb. */
  readonly verb?: string;
  /** Arguments as typed, and what they are for. */
  readonly examples: readonly (readonly [args: string, purpose: string])[];
  /** The option, of those below, whose value may also be given as a word after the command: `completion bash`. */
  readonly argument?: string;
  /** Its own options, besides those that `uses` brings and those of every command. */
  readonly options: OptionDeclarations;
  readonly uses: {
    /**
     * The environment file; default: required. `optional`: the command also does something without one, or with one that is invalid;
     * `new`: --env names one that does not exist yet; `none`: there is no --env.
     */
    readonly environment?: "required" | "optional" | "new" | "none";
    /** Whether Terraform has to be installed. */
    readonly terraform: boolean;
    /** Whether it opens sessions of Session Manager; default: as far as the selected layers need them. */
    readonly sessions?: "always" | "if needed";
    /** `always`: the command runs against simulated providers only. */
    readonly rehearsal: "no" | "on request" | "always";
    /** `range`: --only, --from and --until; `every`: the command takes no selection. */
    readonly selection: "every" | "range" | LayerChoice;
    /** The command reads nothing of the synthesised Terraform JSON. */
    readonly synthesis?: "none";
    /** It asks questions, which --yes answers. */
    readonly asks?: boolean;
    /** It changes what an environment consists of, so that it takes the environment's lock, and keeps a journal. */
    readonly changes?: true;
    /** What it asks of AWS although it runs no Terraform, as in `asks AWS for …`. */
    readonly asksAws?: string;
    /** It also runs where AWS cannot be asked, and does without what it would say. */
    readonly withoutAws?: "runs";
    /** The command also takes a file in which settings of layers are wrong, and reports them itself. */
    readonly invalidLayers?: boolean;
  };
  /** The command line means this command when it names none: with `--rehearse`, or without. */
  readonly implied?: "with --rehearse" | "without --rehearse";
  /** Its standard output is for programs in every format: nothing is printed there but the result. */
  readonly prints?: "result";
  /** What an exit code means for this command in particular. */
  readonly exits?: Readonly<Record<number, string>>;
}
