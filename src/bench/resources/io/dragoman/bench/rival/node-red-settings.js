// SPDX-License-Identifier: Apache-2.0
// Node-RED without its editor, nothing else changed that costs or saves time
module.exports = {
  uiHost: '127.0.0.1',
  uiPort: process.env.BENCH_PORT,
  flowFile: 'flows.json',
  httpAdminRoot: false,
  telemetry: {enabled: false},
  functionGlobalContext: {crypto: require('crypto')},
  logging: {console: {level: 'warn', metrics: false, audit: false}},
};
