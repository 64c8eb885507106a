import '../../styles/stories.css';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client';
import type { Story } from '../../api/types';
import { openCommunity } from '../../app/community';
import { here } from '../../app/router';
import { Loading } from '../../components/Loading';
import { PageTitle } from '../../components/PageTitle';
import { ProblemNotice } from '../../components/ProblemNotice';
import { formats, messages } from '../../i18n';
import { storyWords } from '../../i18n/stories';
import { boundsOf, middleOf } from '../../lib/geometry';
import { useInParts } from '../../lib/useInParts';
import { useLoad } from '../../lib/useLoad';
import { useWide } from '../../lib/useWide';
import { placesOnMap } from '../../map/features';
import { MapSlot } from '../../map/MapSlot';
import { PictureRooms } from '../picture/PictureRooms';
import { StoryCard } from './StoryCard';

/** /{community}/picture/stories: what people wish everyone to read, list first. */
export function StoriesView() {
  const words = storyWords.words;
  const { id } = openCommunity();
  const wide = useWide();
  const [more, setMore] = useState<{ stories: readonly Story[]; next: string | null } | null>(null);
  const [reason, setReason] = useState<unknown>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const load = useLoad(() => api.stories.list(id, null), [id]);
  const stories = useMemo(() => [...(load.value?.features ?? []), ...(more?.stories ?? [])], [load.value, more]);
  const next = more ? more.next : (load.value?.next ?? null);
  const drawn = useInParts(stories.length, id);
  const data = useCallback(() => ({ places: placesOnMap(stories, chosen) }), [stories, chosen]);
  const view = useMemo(() => boundsOf(stories.map(({ geometry }) => geometry)), [stories]);
  const focus = useMemo(() => {
    const one = stories.find((story) => story.id === chosen);
    return one ? middleOf(one.geometry) : null;
  }, [chosen]);

  const showMore = async () => {
    setReason(null);
    try {
      const page = await api.stories.list(id, next);
      setMore({ stories: [...(more?.stories ?? []), ...page.features], next: page.next ?? null });
    } catch (failure) {
      setReason(failure);
    }
  };
  const chooseOnMap = (story: string) => {
    setChosen(story);
    document.getElementById(`story-${story}`)?.scrollIntoView({ block: 'nearest' });
  };
  const map = stories.length > 0 && (
    <MapSlot listed={load.value !== null} label={words.mapName} failed={messages.value.map.failed} data={data} view={view} focus={focus} onChoose={chooseOnMap} />
  );
  const failed = load.reason ?? reason;
  // Until it is known, as if there were some: nothing moves when they come.
  const alone = stories.length === 0 && (load.value !== null || failed !== null);
  return (
    <div class={alone ? 'split split-alone' : 'split'}>
      <div class="split-list">
        <PictureRooms />
        <PageTitle>{words.title}</PageTitle>
        <p>{words.lead}</p>
        {failed !== null && <ProblemNotice reason={failed} retry={load.reason ? load.again : () => void showMore()} />}
        {!load.value && !load.reason && <Loading />}
        {load.value && <p role="status" class="muted">{stories.length === 0 ? words.none : words.count(stories.length, formats.value.number(stories.length))}</p>}
        {!wide && map}
        <ul class="plain-list stack-small">
          {stories.filter((story, index) => index < drawn || story.id === chosen).map(({ id: story, properties }) => (
            <StoryCard key={story} id={story} properties={properties} chosen={story === chosen} choose={() => setChosen(story)} photoAddress={(photo) => api.stories.photo(id, story, photo)}>
              <p class="small muted">{words.published(formats.value.date(properties.published_at))}</p>
            </StoryCard>
          ))}
        </ul>
        {next !== null && <button type="button" class="button" onClick={() => void showMore()}>{words.more}</button>}
        <p>{words.own} <a href={here('share')}>{words.ownLink}</a></p>
      </div>
      {wide && map}
    </div>
  );
}
