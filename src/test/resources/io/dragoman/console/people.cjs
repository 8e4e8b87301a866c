// SPDX-License-Identifier: Apache-2.0
// Who customers are and how many there are, and who logs in at an identity provider.
const assert = require('node:assert');
const { readFileSync } = require('node:fs');
const { accessible, errorsOf, go } = require('./page.cjs');

/** Makes one of two contacts, and two of them again; the timeline tells deliveries too. */
async function merge(page) {
  await go(page, '#/contacts');
  await page.locator('.rows a', { hasText: 'Sam' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sam' }).waitFor();
  await page.getByRole('button', { name: 'Merge…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge contacts' });
  await dialog.getByLabel('Search contacts').first().fill('Jean');
  await dialog.locator('.picks label', { hasText: 'Jean-Luc' }).click();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('status').getByText('The contacts are merged.').waitFor();
  await page.locator('.timeline', { hasText: 'Contacts merged' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.badge', { hasText: 'Undone' }).waitFor();
  await page.locator('.timeline', { hasText: 'Merge undone' }).waitFor();
  assert.equal(await page.locator('.timeline', { hasText: 'Handed to the desk helpdesk' }).count(), 0);
  await page.getByRole('button', { name: 'With deliveries' }).click();
  await page.locator('.timeline li', { hasText: 'Handed to the desk helpdesk' }).first().waitFor();
  await accessible(page, 'a timeline with deliveries');
}

/** What the overview says of who waits leads to just those. */
async function waiting(page) {
  await go(page, '#/overview');
  await page.locator('.need', { hasText: 'wait for an answer' }).getByRole('link').click();
  await page.getByRole('button', { name: 'Waiting', pressed: true }).waitFor();
  await page.locator('.rows li', { hasText: 'Priya' }).waitFor();
  assert.equal(await page.locator('.rows li').count(), await page.locator('.rows li', { hasText: 'waits' }).count());
}

/** The figures as files that a spreadsheet opens. */
async function csv(page) {
  await go(page, '#/reports');
  const saved = async (name) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  const report = await saved('CSV');
  assert.match(report, /^\ufeffchannel,desk,team,conversations,messagesIn,/);
  assert.match(report, /^shop,helpdesk,/m);
  await page.getByRole('combobox', { name: 'By' }).selectOption('channel');
  const measures = page.getByRole('table', { name: 'Measures' });
  await measures.getByRole('columnheader', { name: 'shop' }).waitFor();
  assert.match(await measures.getByRole('row', { name: /^Conversations/ }).innerText(), /\d/);
  assert.match(await saved('CSV of measures'), /^\ufeffgroup,conversations,byUs,messagesIn,[^]*\r\nshop,\d/);
  const conversations = await saved('CSV of conversations');
  assert.match(conversations, /^\ufeffconversation,channel,/);
  assert.ok(conversations.split('\r\n').length > 6, conversations);
}

/** Logs in at an identity provider; base is where browsers know the console, and it is what the provider sends them back to. */
async function oidc(browser, base, errors) {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = errorsOf(await context.newPage(), errors);
  await page.goto(base);
  await page.getByRole('link', { name: 'Log in with single sign-on' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.locator('.who', { hasText: 'oidc:anna@shop.example' }).filter({ hasText: 'Agent' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await context.close();
}

module.exports = { csv, merge, oidc, waiting };
