import type { Scalar } from "yaml";
import type { SettingProblem } from "./setting-problem";

type Finding = Pick<SettingProblem, "message" | "hint">;

/** Text that does not reach a chart as it is, and why. */
export function textProblem(text: string): Finding | undefined {
  if (/[$%]\{/.test(text))
    return {
      message: "holds ${ or %{, which Terraform would evaluate",
      hint: "Write it in the chart's own values or in a value file of the repository, which Terraform does not read",
    };
  if (text.includes("TfToken["))
    return { message: "holds TfToken[, which is replaced before Terraform runs", hint: "Remove it" };
  if (/\p{Surrogate}/u.test(text))
    return {
      message: "holds half of a character, which no file can hold",
      hint: 'Write the whole character, e.g. "\\U0001F389"',
    };
  return undefined;
}

/** A value that does not reach a chart as it is written, and why. */
export function scalarProblem({ value, source = "", type }: Scalar): Finding | undefined {
  if (typeof value === "number") return numberProblem(value, source);
  if (typeof value !== "string") return undefined;
  return textProblem(value) ?? (type === "PLAIN" ? plainProblem(value) : undefined);
}

function numberProblem(value: number, source: string): Finding | undefined {
  if (!Number.isFinite(value))
    return { message: `${source} is not a number of JSON`, hint: "Write a number, or text in quotes" };
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return {
      message: `${source} is beyond ${Number.MAX_SAFE_INTEGER}, up to which whole numbers are exact`,
      hint: `Put it in quotes: "${source}"`,
    };
  if (!/^[-+]?0\d/.test(source) || source.includes(".")) return undefined;
  return {
    message: `YAML 1.2 reads ${source} as the number ${value}, and Helm as an octal number`,
    hint: `Write the decimal number, or put it in quotes: "${source}"`,
  };
}

/** What YAML 1.1, which Helm reads, takes for something else than text: https://yaml.org/type/bool.html, https://yaml.org/type/int.html */
function plainProblem(text: string): Finding | undefined {
  if (/^(?:y|n|yes|no|on|off)$/i.test(text))
    return {
      message: `YAML 1.2 reads ${text} as text, which a chart takes for true`,
      hint: `Write true or false; if text is meant, put it in quotes: "${text}"`,
    };
  if (!/^[-+]?(?:0b[01_]+|\d[\d_]*_[\d_]*(?:\.[\d_]*)?)$/.test(text)) return undefined;
  return {
    message: `YAML 1.2 reads ${text} as text, and Helm as a number`,
    hint: `Write the decimal number; if text is meant, put it in quotes: "${text}"`,
  };
}
