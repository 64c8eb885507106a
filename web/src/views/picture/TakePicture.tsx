import type { Hotspots, Release, Units } from '../../api/types';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { planner } from '../../i18n/planner';
import { askedAs, csvOf, type Measure } from './measures';

const FILES = [['csv', 'CSV'], ['geojson', 'GeoJSON'], ['gpkg', 'GeoPackage']] as const;

/** What is shown, and everything that was published with it, in open formats; and on paper. */
export function TakePicture({ hotspots, measure, units, release }: { hotspots: Hotspots; measure: Measure; units: Units; release: Release }) {
  const words = planner.words;
  const { id, attribution } = openCommunity();
  const asked = askedAs(measure);
  const saveTable = () => {
    const text = csvOf(hotspots.features, {
      measure: asked, statistic: hotspots.stat, units, n_tested: String(hotspots.n_tested),
      release: release.id, made_at: release.made_at, policy: release.policy, promise: release.guarantee, attribution: attribution ?? '',
    });
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `stead-${id}-${asked}-${units}-${release.made_at.slice(0, 10)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{words.takeLead}</p>
      <ul class="chips plain-list">
        <li><button type="button" class="button button-small" onClick={saveTable}>{words.takeTable}</button></li>
        <li><a class="button button-small" download={`stead-${id}-${asked}-${units}.geojson`} href={api.hotspotsAddress(id, release.id, asked, units)}>{words.takeShapes}</a></li>
        {FILES.map(([format, label]) => (
          <li key={format}><a class="button button-small" download href={api.releaseFile(id, release.id, format)}>{words.takeAll(label)}</a></li>
        ))}
        <li><button type="button" class="button button-small" onClick={() => print()}>{words.print}</button></li>
      </ul>
    </section>
  );
}
