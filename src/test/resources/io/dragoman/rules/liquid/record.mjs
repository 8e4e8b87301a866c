// Records what npm liquidjs makes of cases.json. By hand, in a folder with: npm install liquidjs@10.30.1
//   node record.mjs path/to/cases.json > path/to/liquidjs.json
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
const require = createRequire(process.cwd() + '/');
const {Liquid} = require('liquidjs');
const {version} = require('liquidjs/package.json');
const {values, templates} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = [];
for (const {language, template} of templates) {
  const engine = new Liquid({locale: language, timezoneOffset: 'Europe/Berlin', strictFilters: true});
  let text;
  try {
    text = (await engine.parseAndRender(template, values)).trim();
  } catch (error) {
    text = 'error';
  }
  results.push({language, template, text});
}
const engine = 'liquidjs ' + version;
console.log(JSON.stringify({engine, recorded: new Date().toISOString().slice(0, 10), results}, null, 1));
