import { z } from "zod";
import { sameness } from "./sameness";

/** Characters of a local part without quotes: https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
/** An internationalised one is written as xn--… */
const top = "([A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9])";

/** An e-mail address; zod's own form knows neither all characters nor internationalised top-level domains. */
export const emailAddress = z
  .string()
  .max(254)
  .regex(
    new RegExp(`^(?=[^@]{1,64}@)${atom}(\\.${atom})*@(${label}\\.)+${top}$`),
    'must be an e-mail address, e.g. "ops@example.com"',
  )
  .refine((text) => !/[$%]\{/.test(text), "must not contain ${ or %{, which Terraform would evaluate")
  // Mail servers keep no two mailboxes that differ only by case: https://www.rfc-editor.org/rfc/rfc5321#section-2.4
  .register(sameness, { key: (address) => String(address).toLowerCase() });
