import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Support } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here, route, setQuery } from '../../app/router';
import { Field } from '../../components/Field';
import { announce } from '../../components/LiveRegion';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { SelectField } from '../../components/SelectField';
import { formats, messages } from '../../i18n';
import { directoryMessages } from '../../i18n/directory';
import { Failure } from './Failure';
import { listingOf, listingQuery, SHOWS } from './listing';
import { kindOf, nameOf } from './naming';

const TYPING_PAUSE_MS = 250;

interface Listed {
  supports: Support[];
  matched: number;
  next: string | null;
}

/** Every support, those that people do not find too. */
export function DirectoryList() {
  const words = directoryMessages.value;
  const { find } = messages.value;
  const { number } = formats.value;
  const { id } = openCommunity();
  const listing = listingOf(route.value.query);
  const { show, q } = listing;
  const [typed, setTyped] = useState(q);
  const [listed, setListed] = useState<Listed | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const turn = useRef(0);

  const ask = async (before: Listed | null) => {
    const mine = ++turn.current;
    setReason(null);
    try {
      const page = await api.supports(id, listingQuery(listing, before?.next ?? null));
      // A slower, older answer must not replace a newer one.
      if (mine !== turn.current) return;
      setListed({ supports: [...(before?.supports ?? []), ...page.features], matched: page.number_matched, next: page.next ?? null });
      announce(page.number_matched === 0 ? words.none : find.count(page.number_matched, number(page.number_matched)));
    } catch (failure) {
      if (mine === turn.current) setReason(failure);
    }
  };
  useEffect(() => void ask(null), [id, show, q]);
  useEffect(() => {
    if (typed === q) return undefined;
    const timer = setTimeout(() => setQuery({ q: typed }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <div class="directory">
      <p class="back-line"><a href={here('staff')}>{words.back}</a></p>
      <div class="title-row">
        <PageTitle>{words.title}</PageTitle>
        <a class="button button-main" href={here('staff', 'directory', 'add')}>{words.add}</a>
      </div>
      <p>{words.lead}</p>
      <div class="directory-controls">
        <Field type="search" label={words.search} value={typed} onInput={setTyped} maxLength={200} />
        <SelectField label={words.show} value={show} options={SHOWS.map((one) => [one, words.shows[one]] as const)} onChange={(one) => setQuery({ show: one === 'listed' ? null : one })} />
      </div>
      {reason !== null && <Failure reason={reason} retry={() => void ask(null)} />}
      {!listed && reason === null && <Loading />}
      {listed && (
        <section class="stack-small" aria-labelledby="directory-count">
          <h2 id="directory-count">{find.count(listed.matched, number(listed.matched))}</h2>
          {listed.matched === 0 && <p>{words.none}</p>}
          <ul class="plain-list directory-list">{listed.supports.map((support) => <Row key={support.id} support={support} />)}</ul>
          {listed.next && (
            <div class="row more">
              <span class="muted">{find.partly(number(listed.supports.length), number(listed.matched))}</span>
              <button type="button" class="button" onClick={() => void ask(listed)}>{find.showMore}</button>
            </div>
          )}
        </section>
      )}
    </div>
  );
}

function Row({ support }: { support: Support }) {
  const words = directoryMessages.value;
  const { statuses, channels } = messages.value.find;
  const { date } = formats.value;
  const of = support.properties;
  const facts = [kindOf(support), of.confidential ? words.confidentialMark : of.channel === 'place' ? of.address : channels[of.channel], of.organisation];
  const record = [
    of.last_checked ? words.checked(date(of.last_checked)) : words.notChecked,
    of.source === 'steward' ? words.ownSource : words.source(of.source),
  ];
  return (
    <li class="directory-row">
      <a href={here('staff', 'directory', support.id)}>{nameOf(support)}</a>
      <span>{facts.filter(Boolean).join(' · ')}</span>
      <span class="small muted">{record.join(' · ')}</span>
      {(of.status !== 'active' || of.missing_since) && (
        <span class="small directory-state">
          {[of.status === 'active' ? null : statuses[of.status], of.missing_since ? words.missingSince(date(of.missing_since)) : null].filter(Boolean).join(' · ')}
        </span>
      )}
    </li>
  );
}
