// Leads the connections of this one process to OPPO's and the IM server's hosts to the opush sandbox:
//   NODE_OPTIONS="--require THIS-FILE" OPUSH_SANDBOX_URL=http://127.0.0.1:8765 NODE_EXTRA_CA_CERTS=ca.pem
// It works below fetch, https and every library, for Node's fetch takes no proxy from the environment before Node 24.
'use strict';

const net = require('node:net');

const hosts = new Set(HOSTS);
const sandbox = new URL(process.env.OPUSH_SANDBOX_URL || 'http://127.0.0.1:8765');
const there = {
  host: sandbox.hostname.replace(/^\[|\]$/g, ''),
  port: Number(sandbox.port || 80),
};
const isOurs = (host, port) =>
  typeof host === 'string' && Number(port) === 443 && hosts.has(host.toLowerCase().replace(/\.$/, ''));

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  // net.connect() hands its arguments on as one list.
  const list = Array.isArray(args[0]) ? args[0] : args;
  const options = list[0];
  if (options !== null && typeof options === 'object') {
    if (isOurs(options.host, options.port)) list[0] = { ...options, ...there };
  } else if (isOurs(list[1], options)) {
    list[0] = there.port;
    list[1] = there.host;
  }
  return connect.apply(this, args);
};
