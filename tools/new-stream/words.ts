// English of names: as much as it takes to speak of a stream's records.

/** `ticket_form` as words: `ticket form`. */
export const wordsOf = (name: string): string => name.replaceAll('_', ' ')

/** `sla_policies` as a constant's name: `slaPolicies`. */
export const camelOf = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** `sla_policy` as a type's name: `SlaPolicy`. */
export const pascalOf = (name: string): string => camelOf(`_${name}`)

/** One of them: `sla_policies` gives `sla_policy`. A name that is no plural stays. */
export const singularOf = (name: string): string => {
  if (/[^aeiou]ies$/.test(name)) return name.replace(/ies$/, 'y')
  if (/(ss|us|x|ch|sh)es$/.test(name)) return name.replace(/es$/, '')
  return /[^su]s$/.test(name) ? name.replace(/s$/, '') : name
}

/** Many of them: `ticket form` gives `ticket forms`. */
export const pluralOf = (words: string): string => {
  if (/[^aeiou]y$/.test(words)) return words.replace(/y$/, 'ies')
  return /(s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`
}
