import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedaction } from '../../../src/http/redaction.ts'

const special = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

/** What is left of a text in which a secret stands in these forms. */
function cleaned(secret: string): readonly string[] {
  const redaction = createRedaction()
  redaction.sent(`Bearer ${secret}`, undefined)
  const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return forms.map((form) => redaction.clean(`Zendesk said: ${form} and no more.`))
}

test.each([
  ['special characters', special.repeat(300)],
  ['letters', 'abcdefghij'.repeat(20_000)],
  ['digits', '0123456789'.repeat(5_000)],
  ['just more than one part', `${'x1y2z3w4v5'.repeat(50)}q`],
])('a long secret of %s is taken out of every form, and nothing says how', (_, secret) => {
  for (const text of cleaned(secret)) {
    expect(text).toMatch(/^Zendesk said: .*and no more\.$/s)
    for (let at = 0; at + 20 <= secret.length; at += Math.ceil(secret.length / 100))
      expect(text).not.toContain(secret.slice(at, at + 20))
    expect(text.length).toBeLessThan(secret.length / 4 + 100)
  }
})

test('a secret of any length and any characters leaves nothing of itself', () => {
  const character = fc.constantFrom(...'abcXYZ019', ...special)
  fc.assert(
    fc.property(
      fc.array(character, { minLength: 8, maxLength: 3000 }).map((all) => all.join('')),
      (secret) => {
        for (const text of cleaned(secret)) expect(text).not.toContain(secret)
      },
    ),
    { numRuns: 200 },
  )
})
