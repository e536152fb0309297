// Generated from schemas/talk_addresses.json by tools/generate.ts; not to be edited.

/**
 * One postal address that phone numbers of Talk are registered at.
 */
export interface TalkAddress {
/**
 * Id of the address.
 */
id: number
/**
 * Name of the person or the company.
 */
name?: (null | string)
/**
 * Street and house number.
 */
street?: (null | string)
/**
 * Postal code.
 */
zip?: (null | string)
/**
 * City.
 */
city?: (null | string)
/**
 * State or province.
 */
province?: (null | string)
/**
 * Country, by its code of two letters.
 */
country_code?: (null | string)
/**
 * Whether the address is accepted, such as `verified` or `pending`.
 */
state?: (null | string)
/**
 * Id of the address with the provider of the numbers.
 */
provider_reference?: (null | string)
}
