import '../../styles/study.css';
import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Place } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats } from '../../i18n';
import { studyMessages } from '../../i18n/study';
import { useLoad } from '../../lib/useLoad';
import { AreaForm } from './AreaForm';
import { KeptQueries } from './KeptQueries';
import { PlaceFilterForm } from './PlaceFilterForm';
import { ProximityForm } from './ProximityForm';
import { Results } from './Results';
import { TakePlaces } from './TakePlaces';
import { NOTHING, selectionOf, unfinished, type Ask } from './selection';

/** /{community}/staff/study: which places, what they say together, and what is near to them. */
export function StudyView() {
  const words = studyMessages.value;
  const { id } = openCommunity();
  const [ask, setAsk] = useState<Ask>(NOTHING);
  const [found, setFound] = useState<{ places: Place[]; asked: Ask } | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [reading, setReading] = useState(false);
  const areas = useLoad(() => api.neighbourhoods(id), [id]);
  const neighbourhoods = useMemo(() => areas.value?.features ?? [], [areas.value]);
  const change = (part: Partial<Ask>) => setAsk((before) => ({ ...before, ...part }));

  const read = async () => {
    if (unfinished(ask) || reading) return;
    setReason(null);
    setReading(true);
    try {
      const places: Place[] = [];
      for (let cursor: string | null = null; ;) {
        const page = await api.study.places(id, selectionOf(ask), cursor);
        places.push(...page.features);
        cursor = page.next ?? null;
        if (cursor === null) break;
      }
      setFound({ places, asked: ask });
    } catch (failure) {
      setReason(failure);
    } finally {
      setReading(false);
    }
  };
  const countOf = (n: number) => (n === 0 ? words.foundNone : n === 1 ? words.foundOne : words.found(n, formats.value.number(n)));

  return (
    <div class="picture study">
      <p class="back-line"><a href={here('staff')}>{words.back}</a></p>
      <PageTitle>{words.title}</PageTitle>
      <p>{words.lead}</p>
      {areas.reason !== null && <ProblemNotice reason={areas.reason} retry={areas.again} />}
      <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); void read(); }}>
        <AreaForm ask={ask} change={change} neighbourhoods={neighbourhoods} places={found?.places ?? []} />
        <PlaceFilterForm ask={ask} change={change} />
        <p class="notice">{words.notice}</p>
        {reason !== null && <ProblemNotice reason={reason} />}
        <button type="submit" class="button button-main" disabled={reading} aria-describedby={unfinished(ask) ? 'study-unfinished' : undefined}>{words.read}</button>
        {unfinished(ask) && <p id="study-unfinished" class="small muted">{words.unfinished}</p>}
      </form>
      <div role="status">{found && <p><strong>{countOf(found.places.length)}</strong></p>}</div>
      {found && found.places.length > 0 && <Results places={found.places} neighbourhoods={neighbourhoods} />}
      <ProximityForm ask={found?.asked ?? null} />
      <TakePlaces />
      <KeptQueries ask={ask} use={(kept) => { setAsk(kept); setFound(null); window.scrollTo(0, 0); }} />
    </div>
  );
}
