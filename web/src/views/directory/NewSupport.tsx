import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { here, navigate } from '../../app/router';
import { PageTitle } from '../../components/PageTitle';
import { directoryMessages } from '../../i18n/directory';
import { bodyOf, EMPTY } from './draft';
import { said } from './said';
import { SupportForm } from './SupportForm';
import { useSaving } from './useSaving';

export function NewSupport() {
  const words = directoryMessages.value;
  const { id } = openCommunity();
  const [draft, setDraft] = useState(EMPTY);
  const saving = useSaving();
  const add = () => saving.save(async () => {
    const added = await api.directory.add(id, bodyOf(draft));
    navigate(here('staff', 'directory', added.id));
    said.value = { of: added.id, text: words.added };
  });
  return (
    <div class="directory">
      <p class="back-line"><a href={here('staff', 'directory')}>{words.toList}</a></p>
      <PageTitle>{words.addTitle}</PageTitle>
      <SupportForm draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} saving={saving} submit={add} label={words.saveNew} />
    </div>
  );
}
