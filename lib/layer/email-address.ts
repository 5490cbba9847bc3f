import { z } from "zod";

/** Characters of a local part without quotes: https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
/** An internationalised one is written as xn--… */
const top = "([A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9-]{0,58}[A-Za-z0-9])";

/** An e-mail address; zod's own form knows neither all characters nor internationalised top-level domains. */
export const emailAddress = z
  .email({
    pattern: new RegExp(`^(?=[^@]{1,64}@)${atom}(\\.${atom})*@(${label}\\.)+${top}$`),
    error: 'must be an e-mail address, e.g. "ops@example.com"',
  })
  .max(254)
  .refine((text) => !/[$%]\{/.test(text), "must not contain ${ or %{, which Terraform would evaluate");
