/** What a community asks of its own, streets by name, and what others see of it: all from a server with a real extract. */
import { join } from 'node:path';
import { ONCE_ON_PHONE, expect } from './fixtures';
import { officeTest } from './office';

const COMMUNITY = 'kodanikud';
const DATA = join(__dirname, '../../data');

const test = officeTest(COMMUNITY, (stead) => {
  stead('community', 'add', COMMUNITY, '--title', 'Kodanikud', '--country', 'FI', '--time-zone', 'Europe/Helsinki');
  stead('import', 'supports', join(DATA, 'helsinki/helsinki-centre-2019.osm.pbf'), '--community', COMMUNITY);
  stead('community', 'questions', join(DATA, 'questions/citizenship.toml'), '--community', COMMUNITY);
});

test('streets are found by name, the street under the cross is said, the community asks its own questions, and researchers see the answers', ONCE_ON_PHONE, async ({ stead, office }) => {
  test.setTimeout(120_000);
  const { page } = stead;
  await stead.join('For research');
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  // With a slip of the finger, and without its marks.
  await page.getByLabel('Name of the place, or a word from it').fill('annankatv');
  const street = page.getByRole('radio', { name: /^Annankatu/ }).first();
  await street.check();
  await expect(page.locator('.notice').filter({ hasText: 'near Annankatu' })).toBeVisible();
  await stead.accessible('a street by name');
  await stead.picture('gazetteer');
  await page.getByRole('button', { name: 'On the map' }).click();
  await expect(page.locator('[aria-live=polite]')).toHaveText(/^The cross is at Annankatu, \d/, { timeout: 45_000 });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Doing' }).check();
  const title = page.getByRole('heading', { level: 1 });
  const next = () => page.getByRole('button', { name: 'Next', exact: true }).click();
  const back = () => page.getByRole('button', { name: 'Back', exact: true }).click();
  const onTo = async (question: string) => {
    for (let step = 0; step < 20 && (await title.innerText()) !== question; step += 1) {
      const before = await title.innerText();
      await page.getByRole('button', { name: /^(Next|Skip)$/ }).last().click();
      await expect(title).not.toHaveText(before);
    }
    await expect(title).toHaveText(question);
  };
  const EQUALS = 'Are people treated as equals here?';
  const MISSING = 'What would have to change for that?';
  const CARE = 'What do you take care of here?';
  const PEOPLE = 'About how many people here know your name?';
  await onTo(EQUALS);
  await expect(page.getByText('A question from Kodanikud. Your answer goes with what you share: for research.')).toBeVisible();
  const progress = page.locator('.progress');
  const of = () => progress.getAttribute('aria-label');
  const short = await of();
  await page.getByRole('radio', { name: 'Sometimes' }).check();
  // The answer asks for one more.
  await expect(progress).not.toHaveAttribute('aria-label', short ?? '');
  await stead.accessible('a question of the community');
  await stead.picture('question-choice');
  await next();
  await expect(title).toBeFocused();
  await expect(title).toHaveText(MISSING);
  await page.getByLabel(MISSING).fill('Chairs in a circle.');
  await stead.picture('question-words');
  // What was typed is kept at every letter, and the address leads to the same question.
  await page.reload();
  await expect(page.getByLabel(MISSING)).toHaveValue('Chairs in a circle.');
  await back();
  await expect(title).toHaveText(EQUALS);
  await page.getByRole('radio', { name: 'Always' }).check();
  await next();
  await expect(title).toHaveText(CARE);
  await page.goBack();
  await expect(title).toHaveText(EQUALS);
  await page.getByRole('radio', { name: 'Sometimes' }).check();
  await next();
  await expect(page.getByLabel(MISSING)).toHaveValue('Chairs in a circle.');
  await next();
  await page.getByRole('checkbox', { name: 'Animals or plants' }).check();
  await onTo(PEOPLE);
  const people = page.getByLabel(PEOPLE);
  await people.fill('many');
  await next();
  await expect(page.getByText('Write a number within the limits.')).toBeVisible();
  await people.fill('12');
  // Back and on again: what was typed is a number by then, and still there.
  await back();
  await next();
  await expect(people).toHaveValue('12');
  await stead.accessible('a number');
  await stead.picture('question-number');
  await onTo('Who may see it?');
  await page.getByRole('checkbox', { name: 'Researchers may read this place' }).check();
  await onTo('Is this right?');
  const said = (term: string) => page.locator('.answers > div').filter({ has: page.locator('dt').getByText(term, { exact: true }) });
  await expect(said(MISSING)).toContainText('Chairs in a circle.');
  await stead.accessible('the answers, those of the community among them');
  await stead.picture('check-questions');

  // An answer leads to its own question and back; where it takes another question away or asks one, that is seen to first.
  await page.getByRole('link', { name: `Change: ${PEOPLE}` }).click();
  await expect(people).toHaveValue('12');
  await next();
  await expect(title).toHaveText('Is this right?');
  await page.getByRole('link', { name: `Change: ${EQUALS}` }).click();
  await page.getByRole('radio', { name: 'Always' }).check();
  await next();
  await expect(title).toHaveText('Is this right?');
  await expect(said(MISSING)).toHaveCount(0);
  await page.getByRole('link', { name: `Change: ${EQUALS}` }).click();
  await page.getByRole('radio', { name: 'Sometimes' }).check();
  await next();
  await expect(title).toHaveText(MISSING);
  await back();
  await expect(title).toHaveText(EQUALS);
  await next();
  await expect(page.getByLabel(MISSING)).toHaveValue('Chairs in a circle.');
  await next();
  await expect(title).toHaveText('Is this right?');
  await expect(said(MISSING)).toContainText('Chairs in a circle.');
  await page.getByRole('button', { name: 'Save this place' }).click();
  await expect(page.getByText('Saved. Only the people you chose can see it.')).toBeVisible();

  const answers = { rights: 'sometimes', rights_missing: 'Chairs in a circle.', responsibilities: ['animals_plants'], relationships: 12 };
  const own = await page.request.get(`${office.origin}/api/communities/${COMMUNITY}/places`);
  const { features } = (await own.json()) as { features: { id: string; properties: { answers: unknown } }[] };
  expect(features.map(({ properties }) => properties.answers)).toEqual([answers]);
  const as = await page.request.get(`${office.origin}/api/communities/${COMMUNITY}/places/${features[0]?.id ?? ''}/as/researcher`);
  expect(await as.json()).toMatchObject({ seen: true, feature: { properties: { answers } } });

  await page.getByText('What others see').click();
  const given = page.locator('[data-role=researcher]');
  await expect(given.locator('[data-keys~=answers]')).toContainText('What would have to change for that? Chairs in a circle.');
  await expect(given.getByRole('listitem').filter({ hasText: /^Name$/ })).toBeVisible();
  await expect(page.getByText('Nothing: you do not share it with them.')).toHaveCount(2);
  await stead.accessible('what others see');
  await stead.picture('what-others-see');
});
