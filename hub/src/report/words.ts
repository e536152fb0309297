/** `3 h 20 min`, of minutes; a dash where there is none. */
export function minutes(value: number | null): string {
  if (value === null) return '–'
  const whole = Math.round(value)
  if (whole < 60) return `${whole} min`
  const hours = Math.floor(whole / 60)
  if (hours < 48) return whole % 60 === 0 ? `${hours} h` : `${hours} h ${whole % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `93 %`, of a share from 0 to 1. */
export const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`)

export const number = (value: number): string => value.toLocaleString('en-US')

/** A share of two numbers; null where there is nothing to share. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** `reply_time` as people write it. */
export const plain = (name: string): string => {
  const words = name.replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
