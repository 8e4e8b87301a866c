// SPDX-License-Identifier: Apache-2.0
// People before the console in a real browser. node visit.cjs <chromium> <console> <the same as the
// identity provider knows it> <operator's token> <agent's> <viewer's>
// <folder of pictures>; says on standard output when it is the gateway's turn. Needs playwright-core and axe-core, found by
// NODE_PATH.
const assert = require('node:assert');
const { chromium } = require('playwright-core');
const { accessible, errorsOf, fits, go, inert, logIn, picture } = require('./page.cjs');
const { mend, setUp, shadow } = require('./operate.cjs');
const { csv, merge, oidc, waiting } = require('./people.cjs');
const { follow, german } = require('./news.cjs');
const { ended, erased, locked, long, missed, together, unwritable } = require('./trials.cjs');

const [, , executablePath, base, named, operator, agent, viewer, pictures] = process.argv;
const MOST_BYTES = 150 * 1024;
const errors = [];

/** By keyboard alone: a wrong token, then the right one. */
async function login(page) {
  await page.goto(base);
  await page.locator('input:focus').waitFor();
  await accessible(page, 'login');
  await page.keyboard.press('Enter');
  await page.getByText('Enter your token.').waitFor();
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Access token').fill(operator);
  await page.keyboard.press('Enter');
  await page.locator('h1:focus', { hasText: 'Overview' }).waitFor();
  for (let i = 0; i < 30 && await page.locator('a.skip:focus').count() === 0; i++) await page.keyboard.press('Shift+Tab');
  await page.locator('a.skip:focus').waitFor(); // the first of the page: the way around the menu
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
}

/** What the first view costs on the wire. */
async function firstView(context) {
  const page = errorsOf(await context.newPage(), errors);
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  network.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await page.goto(base);
  await page.locator('.figures').waitFor();
  console.log(`the first view: ${bytes} bytes, ${Math.round(await page.evaluate(() => performance.now()))} ms`);
  assert.ok(bytes > 10_000 && bytes < MOST_BYTES, `the first view took ${bytes} bytes`);
  await page.close();
}

/** Answers, notes and tags by an agent; what comes in appears by itself. */
async function converse(page) {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  const row = page.locator('.rows a', { hasText: 'Ana Kovač' });
  await row.waitFor();
  await page.locator('.rows a[tabindex="0"]').focus();
  while (!/Ana/.test(await page.locator(':focus').textContent())) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.message', { hasText: 'order 4711' }).waitFor();
  await page.locator('.message', { hasText: 'Alexanderplatz' }).waitFor();
  await page.locator('.thread-head').getByRole('link', { name: 'T-4711' }).waitFor();
  await page.getByLabel('Your reply').focus();
  await page.keyboard.type('It leaves <b>today</b>.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message.out', { hasText: 'It leaves <b>today</b>.' }).filter({ hasText: /Sent|Queued/ }).waitFor();
  await page.locator('textarea:focus').waitFor();
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await page.getByLabel('Your note').fill('Ask the warehouse first');
  await page.getByRole('button', { name: 'Keep note' }).click();
  await page.locator('.message.note', { hasText: 'Ask the warehouse first' }).waitFor();
  await page.getByLabel('New tag').fill('gift');
  await page.keyboard.press('Enter');
  await page.locator('.tag', { hasText: 'gift' }).first().waitFor();
  await page.getByLabel('Assignee').last().fill('anna');
  await page.getByRole('button', { name: 'Assign' }).click();
  console.log('WRITE');
  await page.locator('.message.in', { hasText: 'it was a gift' }).waitFor();
  await page.locator('.rows li').first().getByText('it was a gift').waitFor();
  await picture(page, `${pictures}/conversation.png`);
  await accessible(page, 'a thread');
  await page.getByRole('button', { name: 'Close conversation' }).click();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await page.getByRole('button', { name: 'Close conversation' }).waitFor();
  await page.locator('a[href^="#/contacts/"]').first().click();
  await page.getByRole('heading', { level: 1, name: 'Ana Kovač' }).waitFor();
  await accessible(page, 'a contact');
}

/** Search finds words of any script, and says when there is nothing. */
async function search(page) {
  await go(page, '#/conversations');
  await page.keyboard.press('/');
  await page.keyboard.type('4711');
  await page.waitForFunction(() => document.querySelectorAll('.rows li').length === 1);
  await page.getByRole('searchbox').fill('返品');
  await page.locator('.rows li', { hasText: '山田' }).waitFor();
  await page.getByRole('searchbox').fill('nosuchword');
  await page.getByText('No conversation fits these filters.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.rows li').length > 4);
}

/** From a message to why it went to billing. */
async function story(page) {
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: 'Ana Kovač' }).click();
  await page.getByRole('link', { name: /^Story of the message by Ana/ }).first().click();
  await page.getByRole('heading', { name: 'Rules' }).waitFor();
  await page.locator('.rule-list', { hasText: 'orders go to billing' }).waitFor();
  await page.getByRole('heading', { name: 'Handed to the desk helpdesk' }).waitFor();
  await page.locator('.step', { hasText: 'Put into a conversation' }).getByRole('link', { name: 'T-4711' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'T-4711' }).getAttribute('href'), 'https://help.example.com/tickets/T-4711');
  await page.getByRole('heading', { name: 'Answered by Agent' }).waitFor();
  await page.getByRole('button', { name: 'Show the raw bytes' }).click();
  await page.locator('pre', { hasText: 'order 4711' }).waitFor();
  await accessible(page, 'the story with its bytes');
  await picture(page, `${pictures}/story.png`);
}

/** 100,000 conversations: only what is seen is in the page, and one gets to the end of what is loaded by a key. */
async function many(context) {
  const page = errorsOf(await context.newPage(), errors);
  await page.route(/\/api\/v1\/conversations\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('before') ?? 0);
    const conversations = Array.from({ length: 500 }, (_, i) => ({ id: `c${from + i}`, channel: 'shop', kind: 'dm', contact: 'p', address: `a${from + i}`, status: 'open', tags: [], attributes: {}, priority: 'normal',
      createdAt: new Date(0).toISOString(), updatedAt: new Date(1e12 - (from + i) * 1000).toISOString(), contactName: `Customer ${from + i}` }));
    return route.fulfill({ json: { conversations, next: from + 500 < 100_000 ? String(from + 500) : undefined } });
  });
  await page.goto(`${base}#/conversations`);
  await page.locator('.rows a').first().focus();
  for (let i = 0; i < 6; i++) {
    const seen = await page.evaluate(() => document.querySelector('.rows ul').style.blockSize);
    await page.keyboard.press('End');
    await page.waitForFunction((old) => document.querySelector('.rows ul').style.blockSize !== old, seen);
  }
  const shown = await page.locator('.rows li').count();
  assert.ok(shown < 60, `${shown} rows are in the page`);
  assert.ok(await page.locator('.rows a:focus').count() === 1, 'the focus went with the list');
  const took = await page.evaluate(async () => {
    const list = document.querySelector('.rows');
    let worst = 0;
    for (let i = 0; i < 30; i++) {
      list.scrollTop = (i * 7919 * 76) % list.scrollHeight;
      const begun = performance.now();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      worst = Math.max(worst, performance.now() - begun);
    }
    return worst;
  });
  assert.ok(took < 1000, `a jump in the list took ${took} ms`);
  await page.close();
}

const SCREENS = ['overview', 'conversations', 'contacts', 'channels', 'channels/shop', 'channels/new', 'desks', 'desks/helpdesk', 'dead', 'rules', 'rules/try', 'rules/edit', 'rules/shadow', 'reports', 'audit', 'help'];

/** Every screen in every look, and its picture. */
async function everywhere(page) {
  for (const screen of SCREENS) {
    await go(page, `#/${screen}`);
    if (screen === 'contacts') await page.locator('.rows a', { hasText: 'Priya' }).waitFor();
    await accessible(page, screen);
    await picture(page, `${pictures}/${screen.replace('/', '-')}.png`);
  }
}

/** What a viewer may not do is not shown to them, and refused where they do it all the same. */
async function look(browser) {
  const context = await browser.newContext();
  const page = errorsOf(await context.newPage(), errors);
  await logIn(page, base, viewer);
  assert.equal(await page.getByRole('link', { name: 'Audit log' }).count(), 0);
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: 'Ana Kovač' }).click();
  await page.getByText('You can read here, but not answer.').waitFor();
  for (const name of ['Send', 'Close conversation', 'Merge…', 'Assign', 'Add']) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
  await go(page, '#/dead');
  await page.getByText('The content was refused').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /Send|Replay|Discard/ }).count(), 0);
  await go(page, '#/channels/shop');
  for (const name of ['Pause', 'Check']) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
  await go(page, '#/audit');
  await page.getByText('Only operators may see this.').waitFor();
  const status = await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const refused = await fetch('/api/v1/pause', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: '{"id":"shop"}' });
    return refused.status;
  });
  assert.equal(status, 403);
  await context.close();
}

/** A public answer is approved on the overview; a contact's journey tells of surveys, polls and orders. */
async function journey(page) {
  console.log('JOURNEY');
  await go(page, '#/overview');
  const ben = page.locator('li.need', { hasText: 'Sorry, Ben' });
  await ben.getByText('Never again').waitFor();
  await accessible(page, 'answers that wait for approval');
  await ben.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('1 answer waits for approval').waitFor();
  assert.equal(await ben.count(), 0);
  await go(page, '#/contacts');
  await page.locator('.rows a', { hasText: 'Ana Kovač' }).first().click();
  for (const line of ['Survey sent: csat', 'Survey answered: csat, 2', 'Poll asked: lunch', 'Poll answered: lunch', 'order #1009']) {
    await page.locator('.timeline li', { hasText: line }).first().waitFor();
  }
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  await accessible(page, 'the journey of a contact');
  await go(page, '#/contacts');
  await page.locator('.rows a', { hasText: 'Ben' }).first().click();
  for (const line of ['Waits for approval: sorry in public', 'Approved:', 'Was answered']) await page.locator('.timeline li', { hasText: line }).first().waitFor();
}

/** In German, and from right to left. */
async function languages(context) {
  const page = errorsOf(await context.newPage(), errors);
  await page.goto(`${base}?lang=de#/overview`);
  await page.getByRole('heading', { level: 1, name: 'Überblick' }).waitFor();
  await accessible(page, 'overview in German', [['light', 320]]);
  await page.setViewportSize({ width: 320, height: 720 });
  for (const screen of SCREENS) {
    await go(page, `#/${screen}`);
    await fits(page, `${screen} in German`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await go(page, '#/channels/shop');
  await page.getByText(/^letzter Webhook vor/).waitFor(); // what the gateway says of itself is in German too
  await go(page, '#/rules');
  await page.getByText('fügt das Schlagwort order hinzu').waitFor();
  await page.goto(`${base}?lang=ar#/overview`);
  await page.locator('html[dir=rtl] .figures').waitFor();
  assert.ok((await page.locator('#menu').boundingBox()).x > 600, 'the menu is on the right');
  await accessible(page, 'overview from right to left');
  await page.setViewportSize({ width: 320, height: 720 });
  for (const screen of SCREENS) {
    await go(page, `#/${screen}`);
    await fits(page, `${screen} from right to left`);
  }
  await page.close();
}

/** Names, subjects, texts, file names and reasons that would do something if they were read as HTML. */
async function hostile(page) {
  console.log('HOSTILE');
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: 'Eve<img' }).click();
  await page.locator('.message', { hasText: '<script>' }).first().waitFor();
  await page.getByRole('button', { name: 'Show the data' }).click();
  await page.getByRole('button', { name: 'Show the quoted history' }).click();
  await inert(page, 'conversation');
  await page.getByRole('button', { name: 'Merge…' }).click();
  await page.locator('.picks label').first().waitFor();
  await inert(page, 'merge');
  await page.keyboard.press('Escape');
  await page.locator('.about a.strong').click();
  await page.locator('.timeline li').first().waitFor();
  await inert(page, 'contact');
  await go(page, '#/conversations');
  await page.locator('.rows a', { hasText: 'Eve<img' }).click();
  await page.getByRole('link', { name: /^Story of the message by Eve/ }).first().click();
  await page.locator('.rule-list', { hasText: '<img' }).waitFor();
  await page.getByRole('button', { name: 'Show the raw bytes' }).click();
  await page.locator('pre').waitFor();
  await inert(page, 'story');
  for (const screen of SCREENS) {
    await go(page, `#/${screen}`);
    await inert(page, screen);
    await fits(page, `${screen} with hostile names`);
  }
}

const hiding = (page) => (state) => page.evaluate((to) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => to });
  document.dispatchEvent(new Event('visibilitychange'));
}, state);

/** A hidden tab hears nothing, and knows all when it is looked at again. */
async function away(page) {
  await go(page, '#/overview');
  const hide = hiding(page);
  await page.getByText('Live', { exact: true }).waitFor();
  await hide('hidden');
  await page.getByText('Not live', { exact: true }).waitFor();
  const again = page.waitForRequest((request) => /stream\?after=/.test(request.url()));
  await hide('visible');
  await again;
  await page.getByText('Live', { exact: true }).waitFor();
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=MAP ${new URL(named).host} ${new URL(base).host}`] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' });
    context.setDefaultTimeout(20_000);
    const page = errorsOf(await context.newPage(), errors);
    const steps = { login: () => login(page), firstView: () => firstView(context), everywhere: () => everywhere(page), look: () => look(browser), converse: () => converse(page), search: () => search(page), story: () => story(page), follow: () => follow(page, context), setUp: () => setUp(page, pictures), together: () => together(page), unwritable: () => unwritable(page, context), missed: () => missed(page, context, hiding(page)), ended: () => ended(browser, base, operator, agent, errors, errorsOf), shadow: () => shadow(page), merge: () => merge(page), waiting: () => waiting(page), csv: () => csv(page), oidc: () => oidc(browser, named, errors),
      mend: () => mend(page, pictures), away: () => away(page), many: () => many(context), journey: () => journey(page), languages: () => languages(context), german: () => german(context, errors, base, SCREENS), hostile: () => hostile(page), erased: () => erased(page, 'Mallory'), long: () => long(page, SCREENS), locked: () => locked(browser, base, operator) };
    for (const [name, step] of Object.entries(steps)) {
      if (process.env.ONLY && name !== 'login' && !process.env.ONLY.split(',').includes(name)) continue;
      const begun = Date.now();
      await step().catch(async (e) => { await page.screenshot({ path: `${pictures}/failed.png` }); e.message = `${name}: ${e.message}`; throw e; });
      console.log(`${name} took ${Date.now() - begun} ms`);
    }
    assert.deepEqual(errors, [], 'the pages reported errors');
  } finally {
    await browser.close();
  }
})().catch((e) => { console.error(e); process.exit(1); });
