import { here, withQuery } from '../../app/router';

/** The address of the report of a release, of one neighbourhood or of all: not of whichever is newest when it is opened. */
export const reportOf = (release: string | null, area?: string): string => withQuery(here('picture', 'report', ...(area ? [area] : [])), { release });
