import { html, type Markup } from '../html/markup.ts'

/** `12,345`. */
export const count = (value: number): string => value.toLocaleString('en-US')

/** `1 request`, `2 requests`. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`

/** `12:34:56` of epoch milliseconds, in UTC. */
export const timeOfDay = (ms: number): string => new Date(ms).toISOString().slice(11, 19)

/** A part of a whole in percent, for CSS. */
export const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100}%`

/** A card with a title; `note` stands next to it in small letters. */
export const card = (name: string, title: string, note: string, body: Markup | readonly Markup[]): Markup =>
  html`<section id="${name}" data-live><h2>${title} <small>${note}</small></h2>${body}</section>`
