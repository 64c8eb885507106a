/**
 * The shapes of the HTTP interface under the app's own names. They come from the server's OpenAPI document
 * (`npm run api-types`); only what a JSON schema cannot say is narrowed here: pairs of numbers, and GeoJSON.
 */
import type { Feature, Geometry, MultiPolygon, Point, Polygon } from 'geojson';
import type { components } from './schema.gen';

type Schemas = components['schemas'];
type As<Shape, Narrowed> = Omit<Shape, keyof Narrowed> & Narrowed;

export type LonLat = [number, number];
export type Bounds = [west: number, south: number, east: number, north: number];

export type Precision = Schemas['Precision'];
export type SupportType = Schemas['SupportType'];
export type Price = Schemas['Price'];
export type Purposes = Pick<Schemas['ConsentBody'], 'research' | 'published_maps' | 'public_story'>;
export type Purpose = keyof Purposes;

export type CommunitySummary = Schemas['CommunitySummary'];
export type Community = As<Schemas['CommunityAnswer'], { bounds?: Bounds | null }>;
export type Category = Schemas['Category'];

export type Joined = Required<Pick<Schemas['SignInAnswer'], 'participant' | 'token' | 'return_code'>>;
export type Me = Schemas['MeAnswer'];
export type Withdrawal = Schemas['WithdrawalAnswer'];

export type FeelingChoice = As<Schemas['FeelingBody'], { strength: 1 | 2 | 3 }>;

/** What the owner writes about a place. What the questions do not ask is carried through an edit untouched. */
export type PlaceInput = As<Schemas['PlaceProperties'], { feelings: FeelingChoice[]; home: boolean; share: Purposes }>;
export type PlaceProperties = As<Schemas['PlaceAnswerProperties'], Pick<PlaceInput, 'feelings' | 'home' | 'share'>>;
export type Place = Feature<Geometry, PlaceProperties> & { id: string };

export type SupportProperties = Schemas['SupportProperties'];
export type Support = Feature<Point, SupportProperties> & { id: string };
export type SupportQuery = Schemas['SearchBody'];

export type SupportPage = As<Schemas['SupportPage'], { features: Support[] }>;
export type PlacePage = As<Schemas['PlacePage'], { features: Place[] }>;

export type Neighbourhood = Feature<Polygon | MultiPolygon, Schemas['NeighbourhoodProperties']> & { id: string };
export type Neighbourhoods = As<Schemas['NeighbourhoodCollection'], { features: Neighbourhood[] }>;

export type Release = Schemas['ReleaseAnswer'];
export type Units = 'cells' | 'neighbourhoods';
export type HotspotClass =
  | 'hot99' | 'hot95' | 'hot90' | 'none' | 'cold90' | 'cold95' | 'cold99' | 'not_enough';
export type HotspotProperties = As<Schemas['HotspotProperties'], { class: HotspotClass }>;
/** The geometry is null where a neighbourhood has gone since the release; its numbers stay in the table. */
export type Hotspot = Feature<Polygon | MultiPolygon | null, HotspotProperties>;
export type Hotspots = As<Schemas['HotspotCollection'], { features: Hotspot[]; units: string }>;
