/** What a person makes of their own places: the network of their support, and a collage. */
import { save } from './bench';
import { COMMUNITY, ONCE_ON_PHONE, expect, test } from './fixtures';
import { TONGUES } from './tongues';

test('my support network says what is given and received, where it is thin, and what is near', async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  await page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await stead.open(`/${COMMUNITY}/share/network`);
  await expect(page.getByText('When you say at a place what support you get')).toBeVisible();
  await stead.accessible('no network yet');
  for (const [name, gives] of [['Soup kitchen', true], ['Library corner', false]] as const) {
    await stead.open(`/${COMMUNITY}/share`);
    await page.getByRole('button', { name: 'Add a place' }).click();
    await page.getByRole('group', { name: 'A place from the list' }).getByRole('radio').nth(gives ? 0 : 3).check();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Being' }).check();
    for (let question = 0; question < 4; question++) await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('button', { name: 'a group' }).click();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Someone who listens' }).check();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    if (gives) await page.getByRole('checkbox', { name: 'Practical help' }).check();
    for (let question = 0; question < 5; question++) await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByLabel('What do you call this place?').fill(name);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByLabel('What would you like to remember about it?').fill('We peel potatoes and talk.');
    for (let question = 0; question < 5; question++) await page.getByRole('button', { name: /^(Next|Skip)$/ }).last().click();
    await page.getByRole('button', { name: 'Save this place' }).click();
    await expect(page.getByText('Saved. Only you can see it.')).toBeVisible();
  }

  await page.getByRole('link', { name: 'My support network' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My support network' })).toBeFocused();
  const listening = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Someone who listens' }) });
  await expect(listening).toContainText('You get this at 2 places');
  await expect(listening).toContainText('Library corner and Soup kitchen');
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Practical help' }) })).toContainText('You give this at 1 place');
  await expect(page.getByText('a group: at 2 places')).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().endsWith('/supports/search'));
  await page.getByRole('button', { name: 'Look for supports near my places: Practical help' }).click();
  expect((await asked).postDataJSON()).toMatchObject({ support: ['instrumental'], near: [expect.any(Number), expect.any(Number)] });
  await expect(page.getByRole('list', { name: 'Supports near my places: Practical help' }).getByRole('listitem').first()).toBeVisible();
  await stead.accessible('my support network');
  await stead.picture('network');

  await stead.open(`/${COMMUNITY}/share/collage`);
  const cards = page.locator('.collage-card h2');
  await expect(cards).toHaveText([/Library corner/, /Soup kitchen/]);
  await page.getByLabel('Your own title').fill('Where I breathe');
  await page.getByRole('group', { name: 'Soup kitchen' }).getByRole('button', { name: 'Earlier' }).click();
  await expect(cards).toHaveText([/Soup kitchen/, /Library corner/]);
  await page.getByRole('group', { name: 'Soup kitchen' }).getByRole('button', { name: 'Large' }).click();
  await page.getByRole('group', { name: 'Library corner' }).getByRole('button', { name: 'Leave out' }).click();
  await stead.accessible('arranging the collage');
  await stead.picture('collage-arranging');
  await page.getByRole('button', { name: 'Done arranging' }).click();
  await expect(cards).toHaveText([/Soup kitchen/]);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Where I breathe' })).toBeVisible();
  await expect(cards.first()).toHaveText(/Soup kitchen/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.locator('.collage-card:visible h2')).toHaveText([/Soup kitchen/]);
  await stead.picture('collage-print');
});

test('the person’s own rooms speak Estonian and Norwegian', ONCE_ON_PHONE, async ({ stead }) => {
  test.slow(); // many screens, each held to axe
  const { page } = stead;
  await stead.join();
  for (const [tag, titles] of [['et', ['Minu tugivõrgustik', 'Minu kollaaž', 'Selles telefonis', 'Kus see koht on?', 'Mida see koht sulle annab?', 'Millist tuge sa seal saad?', 'Millist tuge sa seal annad?',
    'Kui sageli sa seal oled?', 'Mis ajal päevast sa seal oled?', 'Millal sa seal käima hakkasid?', 'Kuidas sa seda kohta nimetad?', 'Mis oleks fotol, mille jätsid tegemata?', 'Kas see on kodu?']],
  ['nb', ['Støttenettverket mitt', 'Kollasjen min', 'På denne telefonen', 'Hvor er stedet?', 'Hva gjør dette stedet for deg?', 'Hva slags støtte får du der?', 'Hva slags støtte gir du der?',
    'Hvor ofte er du der?', 'Når på dagen er du der?', 'Når begynte du å gå dit?', 'Hva kaller du dette stedet?', 'Hva ville vært på et bilde du ikke tok?', 'Er det et hjem?']]] as const) {
    await stead.open(`/${COMMUNITY}/share?lang=${tag}`);
    await page.locator('.button-main').first().click();
    const screens = ['network', 'collage', 'phone', 'add/where', 'add/meaning', 'add/received', 'add/given', 'add/often', 'add/parts', 'add/since', 'add/name', 'add/untaken', 'add/home'];
    for (const [i, screen] of screens.entries()) {
      await stead.open(`/${COMMUNITY}/share/${screen}?lang=${tag}`);
      await expect(page.getByRole('heading', { level: 1, name: titles[i] })).toBeVisible();
      await stead.accessible(`${screen} in ${tag}`);
      await stead.picture(`${screen.replace('/', '-')}-${tag}`);
    }
  }
});

test('the browser keeps the names of the rooms in its history, and never the person’s own words', ONCE_ON_PHONE, async ({ stead }) => {
  const { page } = stead;
  await stead.join();
  const place = await save(page);
  const called = async (path: string, tag: string, heading: string, name: string) => {
    await stead.open(`/${COMMUNITY}/share/${path}?lang=${tag}`);
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Kaldavere · Stead`);
  };
  for (const { tag, mine } of TONGUES) {
    await called(`diary/${place}`, tag, mine.diary.title('Bench'), mine.diary.link);
    await called(`photos/${place}`, tag, mine.photos.title('Bench'), mine.photos.link);
    await stead.open(`/${COMMUNITY}/share/collage?lang=${tag}`);
    await page.getByLabel(mine.collage.ownTitle).fill(`Where I breathe, ${tag}`);
    await called('collage', tag, `Where I breathe, ${tag}`, mine.collage.title);
  }
});
