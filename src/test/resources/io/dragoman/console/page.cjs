// SPDX-License-Identifier: Apache-2.0
// What the scripts of the console's visitors share: logging in, going to a screen, and what holds on every screen.
const assert = require('node:assert');
const { source } = require('axe-core');

/** What the page complains about; nothing may be on the list in the end. */
function errorsOf(page, errors) {
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('dialog', (dialog) => { errors.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('console', (m) => { if (/Content.Security.Policy|Refused to/i.test(m.text())) errors.push(m.text()); });
  return page;
}

async function logIn(page, base, token) {
  await page.goto(base);
  await page.getByLabel('Access token').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

/** Goes to a screen and waits until it shows what it has. */
async function go(page, place) {
  await page.evaluate((hash) => { location.hash = hash; }, place);
  await page.waitForFunction(() => document.querySelector('main h1, main h2') && !document.querySelector('main .loading'));
}

/** What can be another in another look of the same page. */
const OF_LOOKS = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'page-has-heading-one', 'heading-order', 'region', 'aria-hidden-focus'];

/** Nothing that axe objects to (WCAG 2.2 and its own best practices), and nothing that is wider than the screen. */
async function accessible(page, where, looks = [['light', 1280], ['dark', 320]]) {
  const before = page.viewportSize();
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 720 });
    if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(source);
    const rules = looks[0][1] === width ? undefined : OF_LOOKS;
    const found = await page.evaluate((only) => window.axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false, ...(only ? { runOnly: only } : {}) }), rules);
    assert.ok(found.passes.length > 2, 'axe has checked nothing');
    assert.equal(found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(' ')}`).join('\n'), '', `${where}, ${colorScheme}, ${width} px`);
    await fits(page, where);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}

/** Nothing is wider than the screen. */
async function fits(page, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${where} is ${wide} px wider than ${page.viewportSize().width} px`);
}

/** A picture for the docs, without what only passes by. */
async function picture(page, file) {
  const passing = (visibility) => page.evaluate((to) => { document.querySelector('.toasts').style.visibility = to; }, visibility);
  await passing('hidden');
  await page.screenshot({ path: file });
  await passing('');
}

/** No hostile text became anything but text. */
async function inert(page, where) {
  assert.equal(await page.evaluate(() => window.__x), undefined, `something hostile ran on ${where}`);
  const made = await page.evaluate(() => document.querySelectorAll('img[onerror], main script, main b, a[href^="javascript" i]').length);
  assert.equal(made, 0, `something hostile became an element on ${where}`);
}

module.exports = { accessible, errorsOf, fits, go, inert, logIn, picture };
