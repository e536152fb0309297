import type { Row } from '../../account/model.ts'

/** Who a caller without credentials is to `/users/me` (fact 27). */
export const ANONYMOUS: Row = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  created_at: null,
  updated_at: null,
  time_zone: 'Copenhagen',
  iana_time_zone: 'Europe/Copenhagen',
  phone: null,
  shared_phone_number: null,
  photo: null,
  locale_id: 1,
  locale: 'en-US',
  organization_id: null,
  role: 'end-user',
  verified: false,
}
