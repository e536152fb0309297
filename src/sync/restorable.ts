/** For how many seconds after its deletion a ticket may be restored (fact 120), and a day more, for clocks that differ. */
export const RESTORABLE = 31 * 86_400
