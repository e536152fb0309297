import https from 'node:https'

/**
 * Brings every HTTPS connection of this process to *.zendesk.com to a port of this machine, with the name that was asked
 * for in its hello. The client stays as it is. NODE_EXTRA_CA_CERTS has its certificates trusted.
 */
export function reroute(port) {
  const agent = https.globalAgent
  const create = agent.createConnection.bind(agent)
  agent.createConnection = (options, done) => {
    const { host, hostname = host } = options
    if (!String(hostname).endsWith('.zendesk.com')) throw new Error(`${hostname} is not to be asked`)
    return create({ ...options, host: '127.0.0.1', hostname: '127.0.0.1', port, servername: hostname }, done)
  }
}
