// SPDX-License-Identifier: Apache-2.0
// What goes wrong between people, pages and the gateway: two who change the same, sessions that end, lines that are cut.
const assert = require('node:assert');
const { accessible, fits, go } = require('./page.cjs');
const { at } = require('./news.cjs');

/** Asks the API as the page does. */
const ask = (page, method, path, body, headers = {}) => page.evaluate(async ([verb, where, what, more]) => {
  const { csrf } = await (await fetch('/api/v1/session')).json();
  const response = await fetch(`/api/v1/${where}`, { method: verb, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, ...more }, body: what === undefined ? undefined : JSON.stringify(what) });
  return { status: response.status, body: await response.json().catch(() => null) };
}, [method, path, body, headers]);

/** Two operators change the same channel, and the same rules. */
async function together(page) {
  await go(page, '#/channels/shop?edit=1');
  await page.getByRole('button', { name: /more settings?$/ }).click();
  const other = await ask(page, 'PUT', 'config/channels/shop', { kind: 'test-channel', settings: { enabled: 'true' } });
  assert.equal(other.status, 200, JSON.stringify(other.body));
  await page.getByLabel('insecure', { exact: true }).selectOption('true');
  await page.getByRole('button', { name: 'Save and reload' }).click();
  await page.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor();
  await page.getByRole('status').getByText('What they changed stands here now').waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('label')].some((label) => label.textContent === 'enabled' && document.getElementById(label.htmlFor).value === 'true'));
  assert.equal(await page.getByLabel('insecure', { exact: true }).inputValue(), 'true');
  await accessible(page, 'a form that somebody else saved first', [['light', 1280]]);
  await page.getByRole('button', { name: 'Save and reload' }).click();
  await page.getByRole('heading', { level: 1, name: 'shop' }).waitFor();
  let { body } = await ask(page, 'GET', 'channels/shop');
  for (const until = Date.now() + 20_000; !(body.settings.enabled && body.settings.insecure) && Date.now() < until;) {
    ({ body } = await ask(page, 'GET', 'channels/shop')); // what is saved runs a little later
  }
  assert.deepEqual([body.settings.enabled.text, body.settings.insecure.text], ['true', 'true']);
  assert.equal((await ask(page, 'PUT', 'config/channels/shop', { kind: 'test-channel', settings: {} })).status, 200);

  await go(page, '#/rules/edit');
  const editor = page.getByLabel('The rules as YAML');
  const yaml = await editor.inputValue();
  await editor.fill(`${yaml}# of the one\n`);
  assert.equal((await ask(page, 'PUT', 'rules', { yaml: `${yaml}# of the other\n` })).status, 200);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor();
  await page.locator('pre', { hasText: '# of the other' }).waitFor();
  await page.getByRole('button', { name: 'Go on with mine' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('status').getByText('The rules are saved and running.').waitFor();
  assert.match(await editor.inputValue(), /# of the one/);
  assert.equal((await ask(page, 'PUT', 'rules', { yaml })).status, 200);
}

/** A session that ends in the middle of a form loses nothing but secrets, and nobody else finds it. */
async function ended(browser, base, operator, agent, errors, errorsOf) {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = errorsOf(await context.newPage(), errors);
  const logIn = async (token) => { await page.getByLabel('Access token').fill(token); await page.keyboard.press('Enter'); };
  /** The session ends; who presses a button is told so, unless the stream's end has told it before. */
  const endAndPress = async (name) => {
    await ask(page, 'DELETE', 'session');
    await page.getByRole('button', { name }).click({ timeout: 2000 }).catch(() => {});
    await page.getByText('Your session has ended.').waitFor();
  };
  await page.goto(`${base}#/rules/edit`);
  await logIn(operator);
  const editor = page.getByLabel('The rules as YAML');
  await editor.waitFor();
  await editor.fill('rules: [] # half done');
  await endAndPress('Check');
  await logIn(operator);
  await editor.waitFor();
  assert.equal(await editor.inputValue(), 'rules: [] # half done');

  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: 'Ana Kovač' }).click();
  await page.getByLabel('Your reply').fill('We look at it');
  await endAndPress('Send');
  await logIn(operator);
  await page.waitForFunction(() => document.querySelector('.composer textarea')?.value === 'We look at it');
  await endAndPress('Send');
  await logIn(agent);
  await page.getByLabel('Your reply').waitFor();
  assert.equal(await page.getByLabel('Your reply').inputValue(), '');

  const other = await context.newPage(); // the same browser, logged in anew by the same person
  await at(other, page);
  await ask(other, 'DELETE', 'session');
  await other.reload();
  await other.getByLabel('Access token').fill(agent);
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.getByLabel('New tag').fill('again');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.tags', { hasText: 'again' }).waitFor();
  await ask(other, 'DELETE', 'session'); // and by another
  await other.reload();
  await other.getByLabel('Access token').fill(operator);
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  // the page may have found out by itself before anything is pressed
  await page.getByLabel('New tag').fill('of another', { timeout: 2000 }).catch(() => {});
  await page.getByRole('button', { name: 'Add', exact: true }).click({ timeout: 2000 }).catch(() => {});
  await page.getByText('Somebody else logged in here meanwhile.').waitFor();
  assert.equal(await page.locator('.tags', { hasText: 'of another' }).count(), 0);
  await context.close();
}

/** A file that somebody breaks while a form is open, and a configuration that is only read here. */
async function unwritable(page, context) {
  await go(page, '#/channels/support?edit=1');
  await page.getByRole('button', { name: /more settings?$/ }).click();
  const etag = async () => (await ask(page, 'GET', 'config')).body.files.find((file) => /channels/.test(file.name)).etag;
  const before = await etag();
  console.log('BREAK');
  while (await etag() === before) await page.waitForFunction(() => true);
  await page.getByLabel('enabled', { exact: true }).selectOption('true');
  const refused = page.getByRole('alert').first();
  await page.getByRole('button', { name: 'Save and reload' }).click();
  await refused.waitFor();
  assert.match(await refused.innerText(), /changed this meanwhile/);
  await page.getByText('It stands in no file that can be read now.').waitFor();
  await page.getByRole('button', { name: 'Save and reload' }).click();
  await page.getByRole('alert').getByText('channels.yaml').first().waitFor();
  assert.equal(await page.getByLabel('enabled', { exact: true }).inputValue(), 'true'); // what was chosen is there still
  await go(page, '#/channels');
  await page.locator('.connector', { hasText: 'support' }).waitFor(); // it runs on as it was
  console.log('MEND');
  while (await etag() !== before) await page.waitForFunction(() => true);
  const reading = await context.newPage();
  await reading.route(/\/api\/v1\/config$/, (route) => route.fulfill({ json: { readOnly: true, files: [] } }));
  await at(reading, page);
  for (const place of ['channels', 'channels/new', 'channels/shop?edit=1', 'rules/edit']) {
    await go(reading, `#/${place}`);
    await reading.getByText('The configuration is read-only here').waitFor();
    for (const name of ['Save', 'Save and reload', 'Remove']) assert.equal(await reading.getByRole('button', { name, exact: true }).count(), 0, `${name} on ${place}`);
  }
  await go(reading, '#/channels/shop');
  await reading.getByRole('button', { name: 'Pause' }).waitFor();
  assert.equal(await reading.getByRole('link', { name: 'Change' }).count(), 0);
  await reading.close();
}

/** A tab that was away shows what happened meanwhile, also what is told once only. */
async function missed(page, context, hide) {
  await go(page, '#/channels/support');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await hide('hidden');
  const other = await at(await context.newPage(), page);
  assert.equal((await ask(other, 'POST', 'pause', { id: 'support', reason: 'meanwhile' })).status, 200);
  await hide('visible');
  await page.locator('.page-head .badge', { hasText: 'paused' }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await other.close();
}

/** Who is erased goes from a page that is open. */
async function erased(page, name) {
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: name }).click();
  await page.locator('.message').first().waitFor();
  const id = (await page.locator('.about a.strong').getAttribute('href')).split('/').at(-1);
  assert.equal((await ask(page, 'POST', `contacts/${id}/erase`, {})).status, 202);
  await page.getByText('It is not here, or not any more.').waitFor();
  await page.waitForFunction((gone) => !document.body.innerText.includes(gone), name);
}

/** Names of ten thousand letters, and such as turn what stands beside them around. */
async function long(page, screens) {
  console.log('LONG');
  await go(page, '#/conversations');
  const row = page.locator('.rows a', { hasText: 'WWWW' });
  await row.first().waitFor();
  const id = (await row.first().getAttribute('href')).split('/').at(-1);
  const conversation = await page.evaluate(async (one) => (await fetch(`/api/v1/conversations/${one}`)).json(), id);
  const { messages } = await page.evaluate(async (one) => (await fetch(`/api/v1/conversations/${one}/messages`)).json(), id);
  await page.waitForFunction(async () => JSON.stringify(await (await fetch('/api/v1/dead')).json()).includes('WWWW'));
  const endless = [];
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 720 });
    for (const place of [...screens, `conversations/${id}`, `contacts/${conversation.contact.id}`, `story/${messages[0].id}`]) {
      await go(page, `#/${place}`);
      await fits(page, `${place} with long names`);
      const tall = await page.evaluate(() => Math.max(...[...document.querySelectorAll('main, .about')].map((part) => part.scrollHeight)));
      if (tall > 8000 && !place.startsWith('story')) endless.push(`${place} at ${width} px: ${tall} px`); // what was written is shown whole there
    }
  }
  assert.deepEqual(endless, []);
  await accessible(page, 'a story with long names', [['light', 1280]]);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** After too many wrong logins one is told how long to wait, and not that the token is wrong. The last: it is for a minute. */
async function locked(browser, base, operator) {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(base);
  const token = page.getByLabel('Zugangstoken');
  await token.fill('falsch');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Dieses Token gilt nicht.').waitFor();
  const statuses = await page.evaluate(async () => {
    const guess = (token) => fetch('/api/v1/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }) }).then((response) => response.status);
    return Promise.all(Array.from({ length: 80 }, (_, i) => guess(`guess ${i}`)));
  });
  assert.ok(statuses.includes(429), String(statuses));
  const notice = page.locator('.notice[role=alert]');
  for (let i = 0; i < 20 && await notice.count() === 0; i++) { // one guess is looked at each second
    const answered = page.waitForResponse(/session$/);
    await page.keyboard.press('Enter');
    await answered;
    await page.waitForFunction(() => !document.querySelector('button[aria-busy]'));
  }
  await notice.getByText('Von hier kamen zu viele falsche Anmeldungen.').waitFor();
  await notice.getByText(/Versuchen Sie es in (1 Min\.|\d+ Sek\.) wieder\./).waitFor();
  assert.equal(await page.getByText('Dieses Token gilt nicht.').count(), 0);
  const said = await notice.innerText();
  await page.waitForFunction((before) => document.querySelector('.notice[role=alert]').innerText !== before, said); // it counts down
  await accessible(page, 'a login that is locked', [['light', 320]]);
  let asked = 0;
  page.on('request', (request) => { if (request.method() === 'POST') asked++; });
  await token.fill(operator);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => true);
  assert.equal(asked, 0, 'what is not looked at is not sent');
  await context.close();
}

module.exports = { ended, erased, locked, long, missed, together, unwritable };
