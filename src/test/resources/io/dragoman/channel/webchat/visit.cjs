// SPDX-License-Identifier: Apache-2.0
// Visitors in a real browser. node visit.cjs <chromium> <site> <other site> <identity>; says on standard output when it is
// the agent's, the network's or the gateway's turn. Needs playwright-core and axe-core, found by NODE_PATH.
const assert = require('node:assert');
const { chromium } = require('playwright-core');
const { accessible, frameOf, open } = require('./chat.cjs');

const [, , executablePath, site, other, identity] = process.argv;
const text = '<b>hi</b> & გამარჯობა';

function errorsOf(page) {
  const errors = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => { if (/Content.Security.Policy|Refused/i.test(m.text())) errors.push(m.text()); });
  return errors;
}

async function visit(context) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 568 });
  const errors = errorsOf(page);
  await page.goto(site);
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  await launcher.waitFor();
  assert.equal(await launcher.getAttribute('aria-expanded'), 'false');
  assert.equal(await page.locator('iframe').count(), 0, 'the frame must be made on the first click');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  let chat = await frameOf(page);
  assert.equal(await launcher.getAttribute('aria-expanded'), 'true');
  await chat.locator('#text').waitFor();
  await chat.locator('#text:focus').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await chat.locator('.message.visitor:not(.pending)', { hasText: text }).waitFor();
  assert.equal(await chat.locator('#log b').count(), 0, 'text must never become HTML');
  console.log('WROTE');
  await chat.locator('.message.visitor .meta', { hasText: 'Received' }).waitFor();

  console.log('TYPING');
  await chat.locator('#typing[role=status]').getByText('Ana is typing…').waitFor();
  console.log('ANSWER');
  await chat.locator('.message.agent', { hasText: 'first answer' }).waitFor();
  await chat.locator('#typing:empty').waitFor({ state: 'attached' });

  const typed = (now) => page.waitForRequest((r) => r.url().endsWith('/typing') && r.postDataJSON().typing === now);
  let told = typed(true);
  await chat.locator('#text').fill('half a thought');
  await told;
  told = typed(false);
  await chat.locator('#text').fill('');
  await told;

  assert.equal(await chat.locator('#log').getAttribute('role'), 'log');
  assert.ok(await page.locator('iframe').getAttribute('title'));
  assert.equal(await chat.locator('body').evaluate((b) => getComputedStyle(b).backgroundColor), 'rgb(17, 24, 39)');
  for (const button of await chat.getByRole('button').all()) {
    const box = await button.boundingBox();
    assert.ok(box.width >= 24 && box.height >= 24, 'targets are at least 24 px');
    assert.ok(await button.evaluate((b) => (b.getAttribute('aria-label') || b.textContent).trim()), 'buttons have names');
  }

  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-expanded') === 'false');
  console.log('CLOSED');
  await page.getByRole('button', { name: 'Open chat (1)' }).waitFor();

  chat = await open(page, site);
  await chat.locator('.message', { hasText: 'second answer' }).waitFor();
  assert.equal(await chat.locator('.message').count(), 3, 'after a reload each message is there once');
  await chat.locator('#file').setInputFiles({ name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from('two') });
  await chat.locator('.message.visitor:not(.pending)', { hasText: 'order.txt' }).waitFor();
  assert.deepEqual(errors, [], 'the page reported errors');
  return { page, chat };
}

/** All of these messages are in all of these tabs, in one order, and nothing else is. */
async function once(tabs, messages) {
  const orders = [];
  for (const { chat } of tabs) {
    for (const message of messages) await chat.locator('.message:not(.pending)', { hasText: message }).first().waitFor();
    const shown = await chat.locator('.message').allTextContents();
    assert.equal(shown.length, messages.length, `each message is there once: ${shown.join(' | ')}`);
    orders.push(messages.map((message) => shown.findIndex((line) => line.includes(message))));
  }
  assert.deepEqual(new Set(orders.flat()).size, messages.length);
}

async function write(tab, message) {
  await tab.chat.locator('#text').fill(message);
  await tab.chat.locator('#text').press('Enter');
}

/** Two tabs, a lost network and a gateway that restarts: nothing is lost or doubled. */
async function storms(context, one) {
  const two = { page: await context.newPage() };
  two.chat = await open(two.page, site);
  const tabs = [one, two];
  const messages = [text, 'first answer', 'second answer', 'order.txt', 'from the other tab'];
  await write(two, 'from the other tab');
  await once(tabs, messages);

  await context.setOffline(true);
  console.log('DROP'); // what was open is reset, and the agent writes
  for (const tab of tabs) await tab.chat.getByText('No connection').waitFor();
  await write(one, 'without a network');
  await one.chat.locator('.message.pending', { hasText: 'without a network' }).waitFor();
  await context.setOffline(false);
  messages.push('while you were away', 'without a network');
  await once(tabs, messages);

  console.log('RESTART'); // and then the agent writes
  for (const tab of tabs) await tab.chat.getByText('No connection').waitFor();
  await write(two, 'over a restart');
  messages.push('over a restart', 'after the restart');
  await once(tabs, messages);
  await two.page.close();

  const polling = { page: await context.newPage() };
  await polling.page.route('**/events', (route) => route.fulfill({ status: 502 })); // as a proxy that knows no streams
  polling.chat = await open(polling.page, site);
  await once([polling], messages);
  await polling.page.close();
}

async function rightToLeft(context) {
  const page = await context.newPage();
  const chat = await open(page, `${site}?lang=ar`);
  await chat.locator('html[dir=rtl][lang=ar]').waitFor();
  await chat.locator('.message', { hasText: 'first answer' }).waitFor();
  assert.ok((await page.locator('#dragoman-chat-panel').boundingBox()).x < 100, 'the panel is on the left');
  await accessible(page, 'a chat, right to left', ['light', 1280], ['dark', 320]);
  await page.close();
}

async function end({ page, chat }) {
  await chat.getByRole('button', { name: 'Mail this chat to me' }).click();
  await chat.locator('#address:focus').waitFor();
  await accessible(page, 'a chat', ['light', 320], ['dark', 1280]);
  await chat.getByLabel('E-mail').fill('ana');
  await chat.locator('#address').press('Enter');
  await chat.getByRole('alert').getByText('Please fill in: E-mail').waitFor();
  await chat.getByLabel('E-mail').fill('ana@example.org');
  await chat.locator('#address').press('Enter');
  await chat.getByText('This chat will be mailed to you.').waitFor();
  assert.ok(await chat.locator('#mailform').isHidden());
  await chat.getByRole('button', { name: 'End chat' }).click();
  await survey(page, chat);
  await chat.locator('#log:empty').waitFor({ state: 'attached' });
  await chat.locator('#status').getByText('The chat has ended.').waitFor();
  assert.ok(await chat.locator('#survey').isHidden());
}

/** By keyboard alone: asked, answered, changed, done. */
async function survey(page, chat) {
  const asked = chat.getByRole('group', { name: 'How was this chat?' });
  await asked.waitFor();
  await chat.getByRole('radio', { name: '1 of 5' }).and(chat.locator(':focus')).waitFor();
  await chat.getByRole('button', { name: 'Send answer' }).click();
  await chat.getByRole('alert').getByText('Please choose an answer.').waitFor();
  await accessible(page, 'a survey with an error', ['light', 320]);
  const arabic = { page: await page.context().newPage() };
  arabic.chat = await open(arabic.page, `${site}?lang=ar`); // on another tab the chat is at the same place
  await arabic.chat.getByRole('group', { name: 'كيف كانت هذه المحادثة؟' }).waitFor();
  await accessible(arabic.page, 'a survey, right to left', ['dark', 320]);

  await chat.getByRole('radio', { name: '1 of 5' }).press('ArrowRight');
  await page.keyboard.press('Enter');
  await chat.getByRole('status').getByText('Thank you for your answer.').waitFor();
  await arabic.chat.getByRole('button', { name: 'تغيير الإجابة' }).waitFor();
  assert.ok(await arabic.chat.getByRole('radio', { name: '2 من 5' }).isChecked());
  await arabic.page.close();
  await chat.getByRole('radio', { name: '4 of 5' }).check();
  await chat.getByLabel('Would you like to say more?').fill('well <i>done</i>');
  const sent = page.waitForResponse(/survey$/);
  await chat.getByRole('button', { name: 'Change answer' }).click();
  assert.equal((await sent).status(), 204);
  await chat.getByRole('button', { name: 'Done' }).click();
}

/** What is asked before the chat. */
async function form(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/config', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...await answer.json(), form: { name: true, email: false },
      consent: 'We store what you write.', privacyUrl: 'https://shop.example/privacy', hours: 'Monday to Friday' } });
  });
  const chat = await open(page, site);
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByRole('alert').getByText('Please fill in: Name').waitFor();
  await accessible(page, 'a form with an error', ['light', 320], ['dark', 320]);
  await chat.getByLabel('Name').fill('Ana');
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.getByRole('alert').getByText('Please agree first.').waitFor();
  await chat.getByRole('checkbox').check();
  await chat.getByRole('button', { name: 'Start chat' }).click();
  await chat.locator('#text:focus').waitFor();
  await context.close();
}

/** A page that is left open says when the hours change, in the visitor's zone. */
async function hours(browser) {
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  await page.clock.install();
  const chat = await open(page, site);
  const opening = chat.locator('#opening[role=status]');
  await opening.getByText(/^We are closed\. Write to us now, and we answer from .+ on\.$/).waitFor();
  const { changes } = await (await page.request.get(page.frames()[1].url().replace(/frame#.*/, 'hours'))).json();
  const at = new Date(changes).toLocaleString('en', { timeZone: 'Asia/Tokyo', weekday: 'long', hour: '2-digit', minute: '2-digit' });
  assert.ok((await opening.textContent()).includes(at), `${await opening.textContent()}, but not ${at}`);
  console.log('OPENING');
  await page.clock.fastForward('16:00');
  await opening.getByText(/^We are here until .+\.$/).waitFor();
  await context.close();
}

/** A user for whom the website vouches, and who logs out. */
async function user(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site);
  await page.evaluate((jwt) => window.DragomanChat.identify(jwt), identity);
  await page.evaluate(() => window.DragomanChat.open());
  const chat = await frameOf(page);
  await write({ chat }, 'it is me');
  await chat.locator('.message.visitor:not(.pending)', { hasText: 'it is me' }).waitFor();
  await chat.getByRole('button', { name: 'End chat' }).click();
  await chat.locator('#log:empty').waitFor({ state: 'attached' });

  await page.reload(); // what they ended before is their history now, and nothing more
  await page.evaluate((jwt) => window.DragomanChat.identify(jwt), identity);
  await page.evaluate(() => window.DragomanChat.open());
  await write({ chat }, 'me again');
  await chat.locator('.message.visitor:not(.pending)', { hasText: 'me again' }).waitFor();
  await chat.locator('.message', { hasText: 'it is me' }).waitFor();
  await chat.locator('.message.visitor .meta', { hasText: 'Received' }).nth(1).waitFor();
  await page.evaluate(() => window.DragomanChat.reset());
  await chat.locator('#log:empty').waitFor({ state: 'attached' });
  await context.close();
}

/** A site that is not listed may load the script, but the browser shows it no chat. */
async function stranger(browser) {
  const page = await browser.newPage();
  const refused = page.waitForEvent('console', (m) => /frame-ancestors/.test(m.text()));
  await page.goto(other);
  await page.getByRole('button', { name: /^Open chat/ }).click();
  await refused;
  assert.equal(await page.frameLocator('iframe').locator('#compose').count(), 0);
  await page.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext({ colorScheme: 'dark' });
    await context.addInitScript(() => { Math.random = () => 0.1; }); // short waits before it tries again
    const tab = await visit(context);
    await storms(context, tab);
    await rightToLeft(context);
    await end(tab);
    await context.close();
    await form(browser);
    await hours(browser);
    await user(browser);
    await stranger(browser);
  } finally {
    await browser.close();
  }
})().catch((e) => { console.error(e); process.exit(1); });
