import type { Hotspots, Release, Units } from '../../api/types';
import { api } from '../../api/client';
import { openCommunity } from '../../app/community';
import { CopyLink } from '../../components/CopyLink';
import { planner } from '../../i18n/planner';
import { SavePng } from '../../lib/drawing/SavePng';
import { saveFile } from '../../lib/drawing/save';
import type { Sheet } from '../../lib/drawing/sheet';
import { askedAs, csvOf, type Measure, type Reach } from './measures';

const FILES = [['csv', 'CSV'], ['geojson', 'GeoJSON'], ['gpkg', 'GeoPackage']] as const;

interface TakePictureProps {
  hotspots: Hotspots;
  measure: Measure;
  reach: Reach;
  units: Units;
  release: Release;
  sheet: () => Sheet | null;
}

/** What is shown, and everything that was published with it, in open formats; on paper, and as a link that stays. */
export function TakePicture({ hotspots, measure, reach, units, release, sheet }: TakePictureProps) {
  const words = planner.words;
  const { id, attribution } = openCommunity();
  const asked = askedAs(measure);
  const saveTable = () => {
    const text = csvOf(hotspots.features, {
      measure: asked, statistic: hotspots.stat, units, n_tested: String(hotspots.n_tested),
      release: release.id, made_at: release.made_at, policy: release.policy, promise: release.guarantee, attribution: attribution ?? '',
    });
    saveFile(text, 'text/csv', `stead-${id}-${asked}-${units}-${release.made_at.slice(0, 10)}.csv`);
  };
  return (
    <section class="stack-small no-print" aria-labelledby="take-title">
      <h2 id="take-title">{words.take}</h2>
      <p class="small muted">{words.takeLead}</p>
      <ul class="chips plain-list">
        <li><SavePng sheet={sheet} /></li>
        <li><button type="button" class="button button-small" onClick={saveTable}>{words.takeTable}</button></li>
        <li><a class="button button-small" download={`stead-${id}-${asked}-${units}-${release.made_at.slice(0, 10)}.geojson`} href={api.hotspotsAddress(id, release.id, asked, units)}>{words.takeShapes}</a></li>
        <li><a class="button button-small" download href={api.package.hotspots(id, release.id, asked, units)}>{words.takePackage}</a></li>
        {FILES.map(([format, label]) => (
          <li key={format}><a class="button button-small" download href={api.releaseFile(id, release.id, format)}>{words.takeAll(label)}</a></li>
        ))}
        <li><button type="button" class="button button-small" onClick={() => print()}>{words.print}</button></li>
      </ul>
      <CopyLink pinned={{ release: release.id, measure, ...(measure === 'opportunity' ? { reach } : { units }) }} />
    </section>
  );
}
