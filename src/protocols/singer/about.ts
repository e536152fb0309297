import { ConnectorError } from '../../model/errors.ts'
import { type Setting, settings } from './settings.ts'

/** What the tap is called, and what it can, in the words of Singer's SDK. */
export const NAME = 'tap-zendesk'
const DESCRIPTION = 'Reads Zendesk: Support, Help Center, Talk and more, with changes and deletions.'
export const CAPABILITIES = ['catalog', 'discover', 'state', 'about', 'activate-version', 'test']

/** What the tap is and takes, as text, `json` or `markdown`. Throws a ConnectorError for another format. */
export function about(version: string, format: string): string {
  const all = [...settings()]
  switch (format) {
    case 'json':
      return `${JSON.stringify({ name: NAME, description: DESCRIPTION, version, capabilities: CAPABILITIES, settings: schemaOf(all) }, undefined, 2)}\n`
    case 'markdown':
      return markdown(version, all)
    case 'text':
      return `Name: ${NAME}\nDescription: ${DESCRIPTION}\nVersion: ${version}\nCapabilities: ${CAPABILITIES.join(', ')}\nSettings: ${all.map(([name]) => name).join(', ')}\n`
    default:
      throw new ConnectorError(`There is no format "${format}": use text, json or markdown.`, 'config_error')
  }
}

function schemaOf(all: readonly (readonly [string, Setting])[]): object {
  const properties = all.map(([name, { secret, required, type, ...rest }]) => [
    name,
    { type: required ? [type] : [type, 'null'], ...rest, ...(secret && { secret, writeOnly: true }) },
  ])
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: all.filter(([, { required }]) => required).map(([name]) => name),
  }
}

const markdown = (version: string, all: readonly (readonly [string, Setting])[]): string =>
  [
    `# ${NAME}`,
    '',
    DESCRIPTION,
    '',
    `Version ${version}. Capabilities: ${CAPABILITIES.map((one) => `\`${one}\``).join(', ')}.`,
    '',
    '## Settings',
    '',
    '| setting | required | default | description |',
    '| --- | --- | --- | --- |',
    ...all.map(
      ([name, { required, description, default: value }]) =>
        `| \`${name}\` | ${required ? 'yes' : ''} | ${value === undefined ? '' : `\`${String(value)}\``} | ${description.replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n')
