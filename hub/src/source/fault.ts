// What the connector throws: its message says what to do.
export { ConnectorError as ConnectorFault } from 'zendesk-connector'
