/** The first characters (code points) of a text: without a list of all of them, which costs more than an account. */
export function firstCharacters(text: string, count: number): string {
  let end = 0
  for (let nth = 0; nth < count && end < text.length; nth++) end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1
  return text.slice(0, end)
}
