// SPDX-License-Identifier: Apache-2.0
// What happens elsewhere while somebody looks: pages follow it without a reload.
const assert = require('node:assert');
const { errorsOf, go } = require('./page.cjs');

/** The page of a channel shows what is refused, what comes in and who pauses it; so does that of a desk what it gets. */
async function follow(page, context) {
  await go(page, '#/channels/support');
  const refusals = page.locator('section.card', { has: page.getByRole('heading', { name: 'Last refusals' }) });
  await refusals.getByText('Nothing was refused since the start.').waitFor();
  console.log('FORGE support');
  await refusals.getByRole('row', { name: /401/ }).waitFor();
  const other = await context.newPage();
  await go(await at(other, page), '#/desks/helpdesk');
  const sent = other.locator('.facts > div', { hasText: 'Last out' }).locator('time');
  const before = await sent.getAttribute('datetime');
  console.log('WRITE');
  await other.waitForFunction((old) => [...document.querySelectorAll('.facts time')].some((time) => time.dateTime > old), before);
  await other.close();
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const ask = (verb) => fetch(`/api/v1/${verb}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: '{"id":"support","reason":"stocktaking"}' });
    await ask('pause');
  });
  await page.locator('.page-head .badge', { hasText: 'paused' }).waitFor();
  await page.getByText('stocktaking').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
}

/** Opens the console where another page has it. */
async function at(page, other) {
  await page.goto(other.url().split('#')[0]);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Words that German does not have; what people wrote, names, settings and what is marked as English may have them. */
const ENGLISH = /\b(the|and|is|are|were|has|have|of|not|with|from|nothing|failed|refused|message|last|next|since|ago|for|this|that|which|here|when)\b/i;

/** What is English in the German console without being marked so. */
async function english(page) {
  return page.evaluate((pattern) => {
    const found = [];
    const words = new RegExp(pattern, 'i');
    const theirs = 'noscript, [lang=en], .text, code, pre, textarea, .parts, .row-text, .rule-list strong, .rule-cards h2, blockquote, option, .need-target, .about .tags, kbd';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      if (words.test(text) && !walker.currentNode.parentElement.closest(theirs)) found.push(text.slice(0, 120));
    }
    document.querySelectorAll('[aria-label], [title], [placeholder]').forEach((one) => [one.ariaLabel, one.title, one.placeholder].forEach((text) => {
      if (text && words.test(text) && !one.closest(theirs)) found.push(`(${text.slice(0, 120)})`);
    }));
    return found;
  }, ENGLISH.source);
}

/** Nothing is English in the German console but what is marked so. */
async function german(context, errors, base, screens) {
  const page = errorsOf(await context.newPage(), errors);
  await page.goto(`${base}?lang=de#/conversations`);
  await page.locator('.rows a', { hasText: 'Ana Kovač' }).first().click();
  await page.locator('.message').first().waitFor();
  const thread = await page.evaluate(() => location.hash);
  const story = await page.locator('.message-foot a').first().getAttribute('href');
  const contact = await page.locator('.about a.strong').getAttribute('href');
  const said = [];
  for (const place of [...screens.map((screen) => `#/${screen}`), thread, story, contact]) {
    await go(page, place);
    (await english(page)).forEach((text) => said.push(`${place}: ${text}`));
  }
  assert.equal([...new Set(said)].join('\n'), '');
  await page.close();
}

module.exports = { at, follow, german };
