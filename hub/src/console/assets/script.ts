/**
 * What the page does beside htmx: it says when the console cannot be reached, and takes fields that do not count out of a form.
 * Without it everything can still be read, and every form be sent.
 */
export const SCRIPT = `
'use strict'
// Fields of a way to sign in that is not chosen are neither sent nor required.
const settle = () => {
  for (const more of document.querySelectorAll('.choice > .more')) {
    const chosen = more.parentElement.querySelector(':scope > label > input').checked
    for (const field of more.querySelectorAll('input, select, textarea')) field.disabled = !chosen
  }
}
document.addEventListener('change', settle)
document.addEventListener('DOMContentLoaded', settle)
document.addEventListener('htmx:after:swap', settle)
document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-all]')) for (const box of document.querySelectorAll(target.dataset.all)) if (!box.disabled) box.checked = target.checked
})
document.addEventListener('click', async ({ target }) => {
  const from = target.closest?.('[data-copy]')
  if (!from) return
  const text = document.querySelector(from.dataset.copy).textContent
  try { await navigator.clipboard.writeText(text); from.textContent = 'Copied' }
  catch { getSelection().selectAllChildren(document.querySelector(from.dataset.copy)) }
})
document.addEventListener('submit', (event) => {
  const question = event.target.dataset.ask
  if (question && !confirm(question)) event.preventDefault()
})`
