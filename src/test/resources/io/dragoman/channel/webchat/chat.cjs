// SPDX-License-Identifier: Apache-2.0
// What the scripts of visitors share: the frame of the chat, and axe (WCAG 2.2 and axe's own best practices).
const assert = require('node:assert');
const { source } = require('axe-core');

async function frameOf(page) {
  await page.waitForSelector('#dragoman-chat-panel iframe', { state: 'attached' });
  return page.frameLocator('#dragoman-chat-panel iframe');
}

/** Opens a page with the chat and the chat in it. */
async function open(page, address) {
  await page.goto(address);
  await page.locator('button[aria-controls="dragoman-chat-panel"]').click();
  return frameOf(page);
}

async function violations(frame, context) {
  await frame.evaluate(source);
  const found = await frame.evaluate((within) => globalThis.axe.run(within ?? document,
    { iframes: false, resultTypes: ['violations'] }), context);
  assert.ok(found.passes.length > 5, 'axe has checked nothing');
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).join(' ')}`);
}

/** Nothing that axe objects to, in the chat and in what it puts into the page. */
async function accessible(page, state, ...looks) {
  const before = page.viewportSize();
  const chat = page.frames().find((frame) => /\/frame#/.test(frame.url()));
  const found = [];
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 568 });
    const where = `${state}, ${colorScheme}, ${width} px`;
    (await violations(chat)).forEach((v) => found.push(`the chat, ${where}: ${v}`));
    (await violations(page.mainFrame(), { include: [['button[aria-controls]'], ['#dragoman-chat-panel']] }))
      .forEach((v) => found.push(`the page, ${where}: ${v}`));
    assert.ok(await chat.evaluate(() => document.body.scrollWidth <= document.body.clientWidth), `reflow: ${where}`);
  }
  assert.equal(found.join('\n'), '');
  await page.setViewportSize(before);
}

module.exports = { accessible, frameOf, open };
