/** Whether a host of a URL is this machine by its name or address: `127.example.com` is another one. */
export const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
