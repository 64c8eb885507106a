import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';

test('a short list is kept here, printed on one sheet, shared by a link, and read without a network', async ({ stead, browser }) => {
  const { page } = stead;
  await stead.open(`/${COMMUNITY}/find`);
  const list = page.getByRole('list', { name: 'Places found' });
  const names: string[] = [];
  for (const nth of [0, 1, 2]) {
    const name = list.locator('.support-name').nth(nth);
    await name.click();
    names.push((await name.textContent()) ?? '');
    await page.getByRole('button', { name: 'Add to my short list' }).click();
    await expect(page.getByRole('button', { name: 'On my short list' })).toHaveAttribute('aria-pressed', 'true');
  }
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('link', { name: 'My short list: 3 places' }).click();
  const kept = page.getByRole('list', { name: 'My short list' });
  await expect(kept.getByRole('heading')).toHaveText(names);
  await expect(page.getByRole('img', { name: 'QR code with the link to this list' })).toBeVisible();
  await stead.accessible('short list');
  await stead.picture('short-list');
  const link = (await page.getByRole('link', { name: 'Link to this list' }).getAttribute('href')) ?? '';
  expect(link).toContain('#ids=');

  // On paper: one sheet of A4, without buttons.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByRole('contentinfo')).toHaveCount(0);
  await stead.picture('short-list-on-paper');
  const paper = await page.pdf({ format: 'A4' });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: /^Keep on this phone \(\d+ kB\)$/ }).click();
  await expect(page.locator('.notice-done')).toContainText('is on this phone');
  await page.getByRole('link', { name: 'Look for support' }).click();
  await expect(list).toBeVisible();
  // The browser logs every request that finds no network.
  page.removeAllListeners('console');
  await page.route('**/api/communities/*/supports/**', (route) => route.abort());
  await page.getByRole('link', { name: 'My short list: 3 places' }).click();
  await expect(page.getByText('There is no network now. This is your copy')).toBeVisible();
  await expect(kept.getByRole('heading')).toHaveText(names);
  await page.unroute('**/api/communities/*/supports/**');
  expect(asked.filter((address) => address.includes('ids='))).toEqual([]);

  // Somebody else opens the link.
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByRole('list', { name: 'A short list that somebody shared' }).getByRole('heading')).toHaveText(names);
  await other.getByRole('button', { name: 'Add these to my short list' }).click();
  await expect(other.getByRole('list', { name: 'My short list' }).getByRole('heading')).toHaveText(names);
  await other.getByRole('button', { name: `Take ${names[0] ?? ''} off the list` }).click();
  await expect(other.getByRole('list', { name: 'My short list' }).getByRole('heading')).toHaveText(names.slice(1));
  await other.context().close();
});

test('a list that is full says so, and so does a link that cannot be copied', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }));
  await stead.open(`/${COMMUNITY}/find`);
  await expect(page.locator('.support-name').nth(20)).toBeVisible();
  for (let nth = 0; nth < 20; nth++) {
    await page.locator('.support-name').nth(nth).click();
    await page.getByRole('button', { name: 'Add to my short list' }).click();
  }
  await page.locator('.support-name').nth(20).click();
  await expect(page.getByText('Your short list is full: 20 places fit on it.', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to my short list' })).toHaveCount(0);
  await page.getByRole('link', { name: 'My short list: 20 places' }).click();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.locator('.notice-done')).toHaveText('The link was not copied. It stands below: copy it from there.');
  await page.emulateMedia({ media: 'print' });
  const paper = await page.pdf({ format: 'A4' });
  expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
