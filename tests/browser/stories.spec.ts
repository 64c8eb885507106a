/** A story on its way: shared, asked back, mended, published, read by everyone, and taken back at once. */
import { expect } from './fixtures';
import { comeIn, officeTest } from './office';

const COMMUNITY = 'lood';

const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Lugude linn', '--country', 'EE', '--time-zone', 'Europe/Tallinn', '--joining', 'open');
});

test('a story is asked back, mended, published and taken back', async ({ stead, office, browser }, info) => {
  test.setTimeout(180_000);
  const { page } = stead;
  const name = `Pink ${info.project.name}`;
  const card = page.locator('.story-card', { hasText: name });
  await comeIn(page, office, office.link(`liis.${info.project.name}@vald.example`, 'steward'));

  // Somebody shares a story, on a device of their own.
  const person = await (await browser.newContext({ viewport: page.viewportSize() })).newPage();
  await person.goto(`${office.origin}/${COMMUNITY}/share/join`);
  await person.getByRole('checkbox', { name: 'As a public story' }).check();
  await person.getByRole('button', { name: 'Start' }).click();
  await expect(person.getByRole('heading', { level: 1, name: 'Your return code' })).toBeVisible();
  const saved = await person.evaluate(async ({ community, called }) => {
    const place = {
      type: 'Feature', geometry: { type: 'Point', coordinates: [26.7225, 58.3806] },
      properties: {
        name: called, being: true, doing: false, story: 'Mari Maasikas teaches me to fish here.', precision: 'street',
        feelings: [{ feeling: 'calm', strength: 3 }], share: { research: false, published_maps: false, public_story: true },
      },
    };
    const answer = await fetch(`/api/communities/${community}/places`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(place) });
    return { status: answer.status, id: ((await answer.json()) as { id: string }).id };
  }, { community: COMMUNITY, called: name });
  expect(saved.status).toBe(201);
  await person.goto(`${office.origin}/${COMMUNITY}/share`);
  await expect(person.locator('.place-card')).toContainText('waits for a steward');

  // Nobody sees it yet; the steward does, as everyone would.
  await stead.open(`/${COMMUNITY}/picture/stories`);
  await expect(page.getByRole('heading', { level: 1, name: 'Stories' })).toBeVisible();
  await expect(card).toHaveCount(0);
  await stead.open(`/${COMMUNITY}/staff`);
  await page.getByRole('link', { name: 'Stories to read' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Stories to read' })).toBeFocused();
  await expect(card).toContainText('Mari Maasikas');
  await card.getByRole('button', { name: `Ask for a change: ${name}` }).click();
  await card.getByRole('button', { name: 'Send the question' }).click();
  await expect(card.locator('.field-error')).toContainText('a few words');
  await card.getByLabel('Which change do you ask for?').fill('Please leave out the name of your friend.');
  await stead.accessible('a steward asks back');
  await stead.picture('story-asked-back');
  await card.getByRole('button', { name: 'Send the question' }).click();
  await expect(card).toHaveCount(0);
  await expect(page.locator('.desk > .notice')).toContainText('will read what you ask for');

  // The person reads why, and mends it.
  await person.reload();
  await expect(person.locator('.story-review')).toContainText('They say: Please leave out the name of your friend.');
  await person.getByText('What others see').click();
  await expect(person.locator('.seen-as')).toContainText('a steward asks you for a change first');
  const mended = await person.evaluate(async ({ community, id }) => {
    const path = `/api/communities/${community}/places/${id}`;
    const place = (await (await fetch(path)).json()) as { properties: { story: string } };
    place.properties.story = 'A friend teaches me to fish here.';
    return (await fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': '*' }, body: JSON.stringify(place) })).status;
  }, { community: COMMUNITY, id: saved.id });
  expect(mended).toBe(200);

  await page.reload();
  await expect(card).toContainText('A steward asked for a change before. They wrote: Please leave out');
  await stead.picture('story-to-read');
  await card.getByRole('button', { name: `Publish: ${name}`, exact: true }).click();
  await expect(page.locator('.desk > .notice')).toContainText('The story is public.');

  // Everyone reads it, in their language, with the keyboard or by the map.
  for (const [tag, title] of [['et', 'Lood'], ['nb', 'Historier'], ['en', 'Stories']] as const) {
    await stead.open(`/${COMMUNITY}/picture/stories?lang=${tag}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(card).toContainText('A friend teaches me to fish here.');
    await expect(card).not.toContainText('Mari');
    await stead.accessible(`stories, ${tag}`);
  }
  const chosen = card.getByRole('button', { name, exact: true });
  await chosen.focus();
  await page.keyboard.press('Enter');
  await expect(chosen).toHaveAttribute('aria-pressed', 'true');
  await stead.picture('stories');

  // The person sees that it is public, looks at what everybody sees, and takes it back.
  await person.reload();
  await expect(person.locator('.story-review')).toContainText('Your story is public.');
  await person.getByText('What others see').click();
  await expect(person.locator('.seen-as')).toContainText('A friend teaches me to fish here.');
  await person.screenshot({ path: info.outputPath('mine-public.png'), fullPage: true });
  await person.evaluate(({ community, id }) => fetch(`/api/communities/${community}/places/${id}`, { method: 'DELETE', headers: { 'If-Match': '*' } }), { community: COMMUNITY, id: saved.id });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Stories' })).toBeVisible();
  await expect(page.getByRole('status').first()).not.toBeEmpty();
  await expect(card).toHaveCount(0);
  await person.context().close();
});
