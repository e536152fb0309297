/** The first characters of a text; none of them is cut in half, as a slice of a string would. */
export const excerpt = (text: string, characters: number): string =>
  // A character takes two units at most.
  text.length <= characters ? text : [...text.slice(0, 2 * characters)].slice(0, characters).join('')
