/** Picks the wording for a number by the language's own plural rules. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** These have one form for exactly one and one for all else (CLDR): written here, as `Intl` takes long to begin. */
const ONE_OR_OTHER = ['en', 'et', 'nb'];

export function pluralIn(language: string): (n: number, forms: PluralForms) => string {
  if (ONE_OR_OTHER.includes(language)) return (n, forms) => (n === 1 ? forms.one : undefined) ?? forms.other;
  const rules = new Intl.PluralRules(language);
  return (n, forms) => forms[rules.select(n)] ?? forms.other;
}
