import { ConnectorError } from '../../model/errors.ts'
import { type Setting, settings, targetSettings } from './settings.ts'

/** A program of Singer's, as it describes itself. */
export interface About {
  readonly name: string
  readonly description: string
  /** What it can, in the words of Singer's SDK. */
  readonly capabilities: readonly string[]
  readonly settings: () => ReadonlyMap<string, Setting>
}

export const TAP: About = {
  name: 'tap-zendesk',
  description: 'Reads Zendesk: Support, Help Center, Talk and more, with changes and deletions.',
  capabilities: ['catalog', 'discover', 'state', 'about', 'activate-version', 'test'],
  settings,
}

export const TARGET: About = {
  name: 'target-zendesk',
  description: 'Writes to Zendesk what differs: people, tickets, the Help Center, custom objects, Zendesk Sell.',
  capabilities: ['about'],
  settings: targetSettings,
}

/** What a program is and takes, as text, `json` or `markdown`. Throws a ConnectorError for another format. */
export function about(program: About, version: string, format: string): string {
  const { name, description, capabilities } = program
  const all = [...program.settings()]
  switch (format) {
    case 'json':
      return `${JSON.stringify({ name, description, version, capabilities, settings: schemaOf(all) }, undefined, 2)}\n`
    case 'markdown':
      return markdown(program, version, all)
    case 'text':
      return `Name: ${name}\nDescription: ${description}\nVersion: ${version}\nCapabilities: ${capabilities.join(', ')}\nSettings: ${all.map(([setting]) => setting).join(', ')}\n`
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

const markdown = (
  { name: program, description: what, capabilities }: About,
  version: string,
  all: readonly (readonly [string, Setting])[],
): string =>
  [
    `# ${program}`,
    '',
    what,
    '',
    `Version ${version}. Capabilities: ${capabilities.map((one) => `\`${one}\``).join(', ')}.`,
    '',
    '## Settings',
    '',
    '| setting | required | default | description |',
    '| --- | --- | --- | --- |',
    ...all.map(
      ([name, { required, description, default: value }]) =>
        `| \`${name}\` | ${required ? 'yes' : ''} | ${value === undefined ? '' : `\`${asDefault(value)}\``} | ${description.replaceAll('|', '\\|')} |`,
    ),
    '',
  ].join('\n')

const asDefault = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
