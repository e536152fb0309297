import { streams } from '../streams/index.ts'

/** Names of the streams that most people want, read where nobody has chosen. */
export const SELECTED_BY_DEFAULT: readonly string[] = streams
  .filter(({ isSelectedByDefault }) => isSelectedByDefault)
  .map(({ name }) => name)
