// SPDX-License-Identifier: Apache-2.0
// Somebody who has the consoles of two tenants open beside each other, in one browser and at one address. node tenants.cjs
// <chromium> <console of acme> <its token> <console of bravo> <its token> <id of a conversation of bravo's>; says on
// standard output when it is the gateways' turn. Everything of a tenant's has its word in it.
const assert = require('node:assert');
const { chromium } = require('playwright-core');
const { errorsOf, go, logIn } = require('./page.cjs');

const [, , executablePath, acme, acmeToken, bravo, bravoToken, theirs] = process.argv;
const SCREENS = ['overview', 'conversations', 'contacts', 'channels', 'channels/shop', 'desks', 'desks/desk', 'dead', 'rules', 'reports', 'audit'];
const errors = [];

/** A page that may show one tenant alone; what it asks for elsewhere, or is told of the other, is an error. */
async function pageOf(context, base, foreign) {
  const page = errorsOf(await context.newPage(), errors);
  const below = base.replace(/console\/$/, '');
  const told = [];
  page.on('request', (request) => { if (!request.url().startsWith(below)) errors.push(`${base} asks ${request.url()}`); });
  page.on('response', (response) => {
    if (!/event-stream/.test(response.headers()['content-type'] ?? '')) { // what that brings is shown, and seen there
      told.push(response.text().then((text) => { if (text.includes(foreign)) errors.push(`${response.url()} tells of ${foreign}`); }, () => {}));
    }
  });
  return { page, told };
}

/** Walks through the screens; what is its own must be seen, or nothing was looked at. */
async function walk(page, own, foreign) {
  let seen = 0;
  for (const screen of SCREENS) {
    await go(page, `#/${screen}`);
    if (screen === 'conversations') await page.locator('.rows a', { hasText: own }).first().waitFor();
    const html = await page.content();
    seen += html.includes(own) ? 1 : 0;
    assert.ok(!html.includes(foreign), `${screen} of ${own} shows ${foreign}`);
  }
  assert.ok(seen >= 2, `${own} is seen on ${seen} screens`);
}

/** Its first conversation, with all that was said. */
async function open(page, own, foreign) {
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: own }).first().click();
  await page.locator('.message', { hasText: own }).first().waitFor();
  assert.ok(!(await page.content()).includes(foreign), `a conversation of ${own} shows ${foreign}`);
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' });
    context.setDefaultTimeout(20_000);
    const first = await pageOf(context, acme, 'bravowort');
    const second = await pageOf(context, bravo, 'acmewort');
    await logIn(first.page, acme, acmeToken);
    await walk(first.page, 'acmewort', 'bravowort');

    // the session of one opens nothing of the other's, and neither does its token
    await second.page.goto(bravo);
    await second.page.getByLabel('Access token').fill(acmeToken);
    await second.page.keyboard.press('Enter');
    await second.page.getByRole('alert').waitFor();
    await logIn(second.page, bravo, bravoToken);
    await walk(second.page, 'bravowort', 'acmewort');

    // both are logged in now: each cookie goes to its own
    for (const cookie of await context.cookies()) assert.match(cookie.path, /^\/t\/(acme|bravo)\/$/);
    await first.page.reload();
    await walk(first.page, 'acmewort', 'bravowort');
    await open(first.page, 'acmewort', 'bravowort');
    await open(second.page, 'bravowort', 'acmewort');
    await second.page.getByLabel('Your reply').fill('bravowort begun'); // what is written and not sent is kept
    await first.page.reload();
    await first.page.locator('.message', { hasText: 'acmewort' }).first().waitFor();
    assert.equal(await first.page.getByLabel('Your reply').inputValue(), '');

    // an address of the other's leads to nothing
    await first.page.goto(`${acme}#/conversations/${theirs}`);
    await first.page.getByText('There is nothing here', { exact: false }).or(first.page.getByRole('alert')).first().waitFor();
    assert.ok(!(await first.page.content()).includes('bravowort'), 'the other one\'s conversation is shown');

    // what comes in is told to its own alone
    await go(first.page, '#/conversations');
    await go(second.page, '#/conversations');
    console.log('WRITE');
    await second.page.locator('.rows a', { hasText: 'bravowort is news' }).waitFor();
    await first.page.locator('.rows a', { hasText: 'acmewort is news' }).waitFor();
    assert.ok(!(await first.page.content()).includes('bravowort'), 'news of the other one\'s');
    assert.ok(!(await second.page.content()).includes('acmewort'), 'news of the other one\'s');

    // logging out here leaves the other where they are
    await first.page.evaluate(() => fetch('../api/v1/session').then((r) => r.json()).then((s) => fetch('../api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': s.csrf } })));
    await first.page.reload();
    await first.page.getByLabel('Access token').waitFor();
    await second.page.reload();
    await second.page.locator('.rows a', { hasText: 'bravowort' }).first().waitFor();
    const kept = await second.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    assert.ok(!/wort/.test(kept), `kept for all pages of this address: ${kept}`);

    await Promise.all([...first.told, ...second.told]);
    assert.ok(first.told.length > 20 && second.told.length > 20, 'nothing was listened to');
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
})().catch((e) => { console.error(e); process.exit(1); });
