import { openCommunity } from '../../app/community';
import { Downloads } from '../../components/Downloads';
import { messages } from '../../i18n';

/** What everybody may take home, and the addresses for GIS programs. */
export function TakeHome() {
  const words = messages.value.takeHome;
  const { id, latest_release } = openCommunity();
  const address = (kind: 'ogc' | 'hsds') => `${location.origin}/${kind}/${encodeURIComponent(id)}`;
  const tables = [['supports', words.supports], ['neighbourhoods', words.neighbourhoods], ...(latest_release ? [['release', words.release] as const] : [])] as const;
  const uses = [
    [words.qgis, address('ogc')],
    ['GDAL', `ogr2ogr supports.gpkg OAPIF:${address('ogc')} supports`],
    ['Python', `geopandas.read_file("${location.origin}/api/communities/${id}/export/supports.gpkg")`],
    ['R', `sf::st_read("${location.origin}/api/communities/${id}/export/supports.gpkg")`],
    [words.hsds, address('hsds')],
  ] as const;
  return (
    <section class="stack-small">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {tables.map(([table, name]) => <div key={table} class="stack-small"><h3>{name}</h3><Downloads table={table} name={name} /></div>)}
      <h3>{words.programs}</h3>
      <dl class="stack-small">
        {uses.map(([what, text]) => <div key={what}><dt>{what}</dt><dd><code class="copyable">{text}</code></dd></div>)}
      </dl>
    </section>
  );
}
