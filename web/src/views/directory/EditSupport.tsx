import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { announce } from '../../components/LiveRegion';
import { directoryMessages } from '../../i18n/directory';
import { changedFields, fieldsOf } from './changes';
import { ChangeList } from './ChangeList';
import { bodyOf, draftOf, onNewer, type Draft } from './draft';
import { said } from './said';
import { SupportForm } from './SupportForm';
import { useSaving } from './useSaving';

/** Changes a support. If somebody else was faster, nothing that was typed is lost. */
export function EditSupport({ support, changed }: { support: Support; changed: (support: Support) => void }) {
  const words = directoryMessages.value;
  const community = openCommunity();
  const [draft, setDraft] = useState(() => draftOf(support));
  const [newer, setNewer] = useState<Support | null>(null);
  const saving = useSaving();

  const change = (part: Partial<Draft>) => {
    said.value = null;
    setDraft((before) => ({ ...before, ...part }));
  };
  const take = (now: Support, typed: Draft, text: string) => {
    changed(now);
    setDraft(typed);
    setNewer(null);
    said.value = { of: support.id, text };
    window.scrollTo(0, 0);
  };
  const save = () => saving.save(
    async () => {
      said.value = null;
      const saved = await api.directory.change(community.id, support.id, support.properties.version, bodyOf(draft));
      take(saved, draftOf(saved), words.saved);
    },
    async () => {
      setNewer(await api.support(community.id, support.id));
      announce(words.staleTitle);
    },
  );
  const stale = newer && (
    <section class="notice notice-problem stack-small" aria-labelledby="stale-title">
      <h2 id="stale-title">{words.staleTitle}</h2>
      <p>{words.staleLead}</p>
      <ChangeList changes={changedFields(fieldsOf(support), fieldsOf(newer))} none={words.staleSame} />
      <div class="row">
        <button type="button" class="button button-main" onClick={() => take(newer, onNewer(draft, draftOf(support), draftOf(newer)), words.staleLoaded)}>{words.staleKeep}</button>
        <button type="button" class="button" onClick={() => take(newer, draftOf(newer), words.staleLoaded)}>{words.staleDrop}</button>
      </div>
    </section>
  );
  return (
    <>
      {support.properties.source !== 'steward' && <p class="small muted">{words.importNotice}</p>}
      <SupportForm draft={draft} change={change} saving={saving} submit={save} label={words.save} before={stale} />
    </>
  );
}
