/** Why a file cannot be used; another attempt would not change it. */
export class Refused extends Error {
  override readonly name = "Refused";
}
