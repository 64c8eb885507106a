/**
 * The shapes of the HTTP interface that the web app uses, by hand until the server's OpenAPI
 * document is there to generate them from (`npm run api-types`).
 */
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Point, Polygon } from 'geojson';

export type LonLat = [number, number];
export type Bounds = [west: number, south: number, east: number, north: number];
/** A text in the community's languages, by language code. */
export type Texts = Record<string, string>;

export type Precision = 'exact' | 'street' | 'block' | 'area';
export type Purpose = 'research' | 'published_maps' | 'public_story';
export type SupportType = 'emotional' | 'instrumental' | 'informational' | 'appraisal';
export type Price = 'free' | 'low' | 'paid' | 'unknown';
export type Purposes = Record<Purpose, boolean>;

export interface CommunitySummary {
  id: string;
  title: string;
  languages: string[];
  bounds: Bounds | null;
}

export interface FeelingTerm {
  id: string;
  valence: number;
  arousal: number;
  emoji: string;
  labels: Texts;
}

export interface Category {
  id: string;
  labels: Texts;
  support_types: SupportType[];
}

export interface PrecisionTerm {
  id: Precision;
  h3_resolution: number | null;
  metres: number;
}

export interface ConsentText {
  intro: string;
  purposes: Record<Purpose, string>;
  cannot_undo: string;
  sha256: string;
}

export interface CrisisContact {
  name: string;
  phone: string;
  note: Texts;
}

export interface Community extends CommunitySummary {
  attribution: string | null;
  vocabulary: {
    feelings: FeelingTerm[];
    support_types: SupportType[];
    categories: Category[];
    precisions: PrecisionTerm[];
  };
  consent: { version: string; texts: Record<string, ConsentText> };
  publication_policy: {
    id: string;
    minimum_age_days: number;
    home_radius_m: number;
    start_gate_people: number;
    releases_per_year: number;
  };
  crisis_contacts: CrisisContact[];
  counts: { supports: number; neighbourhoods: number };
  latest_release: string | null;
  has_basemap: boolean;
}

export interface Joined {
  participant: string;
  token: string;
  return_code: string;
}

export interface Me {
  participant: string;
  language: string;
  joined_at: string;
  consent: Purposes & { version: string; given_at: string };
  places: number;
}

export interface Withdrawal {
  receipt: string;
  places_removed: number;
  backups_gone_by: string;
}

export interface FeelingChoice {
  feeling: string;
  strength: 1 | 2 | 3;
}

/** What the owner writes about a place. Unknown extras are carried through an edit untouched. */
export interface PlaceInput {
  name: string | null;
  being: boolean;
  doing: boolean;
  story: string | null;
  feelings: FeelingChoice[];
  home: boolean;
  precision: Precision;
  share: Purposes;
  [carried: string]: unknown;
}

export type PlaceProperties = PlaceInput & { created_at: string; updated_at: string };
export type Place = Feature<Geometry, PlaceProperties> & { id: string };

export interface SupportProperties {
  name: string | null;
  category: string;
  support_types: SupportType[];
  price: Price;
  opening_hours: string | null;
  address: string | null;
  phone: string | null;
  website: string | null;
  wheelchair: 'yes' | 'limited' | 'no' | null;
  source: string;
  source_id: string;
  updated_at: string;
  distance_m?: number;
}
export type Support = Feature<Point, SupportProperties> & { id: string };

export interface SupportQuery {
  near?: LonLat;
  radius?: number;
  limit?: number;
  type?: string[];
  support?: SupportType[];
  free?: boolean;
  q?: string;
  cursor?: string;
}

export interface Page<F> {
  type: 'FeatureCollection';
  features: F[];
  number_returned: number;
  next: string | null;
}
export type SupportPage = Page<Support> & { number_matched: number; attribution: string | null };
export type PlacePage = Page<Place>;

export type Neighbourhood = Feature<Polygon | MultiPolygon, { name: string; population: number | null }> & { id: string };
export type Neighbourhoods = Omit<FeatureCollection, 'features'> & { features: Neighbourhood[] };

export interface Release {
  id: string;
  made_at: string;
  policy: string;
  rho: number;
  epsilon: number;
  delta: number;
  sigma_cells: number;
  sigma_neighbourhoods: number;
  cells: number;
  neighbourhoods: number;
  guarantee: string;
}

export type HotspotClass =
  | 'hot99' | 'hot95' | 'hot90' | 'none' | 'cold90' | 'cold95' | 'cold99' | 'not_enough';
export type Units = 'cells' | 'neighbourhoods';

export interface HotspotProperties {
  unit: string;
  name: string | null;
  value: number | null;
  low: number | null;
  high: number | null;
  people: number | null;
  z: number | null;
  q: number | null;
  class: HotspotClass;
}
export type Hotspot = Feature<Polygon | MultiPolygon, HotspotProperties>;
export interface Hotspots {
  type: 'FeatureCollection';
  features: Hotspot[];
  release: string;
  measure: string;
  stat: string;
  units: Units;
  policy: string;
  n_tested: number;
  significant: number;
}
