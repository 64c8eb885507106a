import { useState } from 'preact/hooks';
import { openCommunity } from '../../app/community';
import { Field } from '../../components/Field';
import { SelectField } from '../../components/SelectField';
import { inLanguage } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { EMPTY, type Draft } from './draft';

const OWN = ' own';

/** A kind of the vocabulary, none beside the form, or one of the community's own. */
export function CategoryField({ draft, change, error }: { draft: Draft; change: (part: Partial<Draft>) => void; error: string | null }) {
  const words = directoryMessages.value;
  const { categories } = openCommunity().vocabulary;
  const known = draft.category === '' || categories.some(({ id }) => id === draft.category);
  const [own, setOwn] = useState(!known);
  const options = [
    ['', words.categoryAsForm] as const,
    ...categories.map(({ id, labels }) => [id, inLanguage(labels, id)] as const).sort(([, a], [, b]) => a.localeCompare(b)),
    [OWN, words.categoryOwn] as const,
  ];
  const choose = (category: string) => {
    setOwn(category === OWN);
    const usual = categories.find(({ id }) => id === category);
    // Before anybody said more, a kind has its usual form and gives what it usually gives.
    change({
      category: category === OWN ? '' : category,
      ...(usual && draft.form === EMPTY.form ? { form: usual.form as Draft['form'] } : {}),
      ...(usual && draft.support_types.length === 0 ? { support_types: usual.support_types } : {}),
    });
  };
  return (
    <>
      <SelectField label={words.field['category'] ?? ''} value={own ? OWN : draft.category} options={options} error={own ? null : error} onChange={choose} />
      {own && <Field label={words.categoryOwnLabel} hint={words.categoryOwnHint} value={draft.category} maxLength={60} error={error} onInput={(category) => change({ category })} />}
    </>
  );
}
