export { html, type Markup, raw } from '../../pictures/markup.ts'
