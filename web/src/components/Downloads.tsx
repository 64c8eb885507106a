import { openCommunity } from '../app/community';
import { messages } from '../i18n';

const FORMATS = [['geojson', 'GeoJSON'], ['csv', 'CSV'], ['gpkg', 'GeoPackage'], ['fgb', 'FlatGeobuf'], ['parquet', 'GeoParquet']] as const;

/** Links to a table in every format, and to what its columns mean. */
export function Downloads({ table, name }: { table: 'supports' | 'neighbourhoods' | 'release' | 'places'; name: string }) {
  const words = messages.value.takeHome;
  const { id } = openCommunity();
  const file = (ending: string) => `/api/communities/${encodeURIComponent(id)}/export/${table}.${ending}`;
  return (
    <ul class="chips plain-list" aria-label={name}>
      {FORMATS.map(([ending, label]) => <li key={ending}><a class="button button-small" href={file(ending)} download aria-label={words.as(name, label)}>{label}</a></li>)}
      <li><a class="button button-small" href={file('codebook.md')} download aria-label={words.codebookOf(name)}>{words.codebook}</a></li>
    </ul>
  );
}
