import type { Row } from '../../account/model.ts'
import { Refusal } from '../../http/errors.ts'

/** The line of one item in a job's results: the result of `act`, or its refusal. The job continues either way. */
export function jobLine(error: string, item: Row, act: () => Row): Row {
  try {
    return act()
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const { details, description } = refusal.body as {
      details?: Record<string, readonly Row[]>
      description?: string
    }
    const descriptions = Object.values(details ?? {}).flatMap((all) => all.map((one) => String(one['description'])))
    return {
      ...item,
      success: false,
      error,
      details: descriptions.length > 0 ? descriptions.join(', ') : String(description),
    }
  }
}
