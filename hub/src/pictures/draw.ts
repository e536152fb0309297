// Pictures: SVG made here by the chart library. Their colours are those of the page, in light and dark.
import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { html, type Markup, raw } from './markup.ts'

use([BarChart, CustomChart, LineChart, GridComponent, SVGRenderer])

type Option = Parameters<ReturnType<typeof init>['setOption']>[0]

export const WIDTH = 860

/** Draws it. `label` says in a sentence what is to be seen: for those who do not see it. */
export function draw(option: object, height: number, label: string): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    chart.setOption({ animation: false, textStyle: { fontSize: 13 }, ...option } as Option)
    return html`<div class="picture" role="img" tabindex="0" aria-label="${label}">${raw(plainSvg(chart.renderToSVGString()))}</div>`
  } finally {
    chart.dispose()
  }
}

/** The page's policy lets in no style within a page: what is styled so becomes attributes, which mean the same. */
export function plainSvg(svg: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|class|width|height|xmlns:xlink|baseProfile|version)="[^"]*"/g, (found, at: number) =>
      / (?:width|height)=/.test(found) && at > svg.indexOf('>') ? found : '',
    )
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      style
        .split(';')
        .map((one) => one.split(':'))
        .filter(([name, value]) => name && value && name !== 'font-family')
        .map(([name, value]) => ` ${name!.trim()}="${value!.trim()}"`)
        .join(''),
    )
    .replace('<svg ', '<svg aria-hidden="true" focusable="false" ')
}

export const AXIS = {
  axisLabel: { color: 'var(--soft)', fontSize: 13 },
  axisLine: { lineStyle: { color: 'var(--line)' } },
  axisTick: { lineStyle: { color: 'var(--line)' } },
  splitLine: { lineStyle: { color: 'var(--line)' } },
}
