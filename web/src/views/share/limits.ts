import { openCommunity } from '../../app/community';

/** Where a server, or what this device kept of one, says nothing of its limits, the form sets none and the server has the last word. */
export function limit(of: 'name' | 'story' | 'photo_not_taken' | 'caption' | 'alt' | 'prompt' | 'diary' | 'places' | 'photos' | 'diary_entries'): number | undefined {
  return openCommunity().vocabulary.limits?.[of];
}
