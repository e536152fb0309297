import { Refusal } from '../../http/errors.ts'

/** A refusal of custom objects, in the form of JSON:API. Assumed (fact 330): codes and words. */
export function objectRefusal(status: number, code: string, title: string, pointer?: string): Refusal {
  const source = pointer === undefined ? {} : { source: { pointer } }
  return new Refusal(status, { errors: [{ status: String(status), code, title, ...source }] })
}

/** 404 for an object, a field or a record that isn't there. */
export function objectNotFound(): Refusal {
  return objectRefusal(404, 'RecordNotFound', 'Not found')
}

/** 422 for a value that breaks a rule. */
export function objectInvalid(pointer: string, title: string): Refusal {
  return objectRefusal(422, 'UnprocessableEntity', title, pointer)
}
