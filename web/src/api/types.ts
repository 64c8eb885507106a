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
export type Community = As<Schemas['CommunityAnswer'], {
  bounds?: Bounds | null;
  /** What an older server does not say, and what this device kept of one. */
  joining?: Schemas['Joining'];
  researchers?: string[];
  unnamed_researchers?: number;
  run_by?: string | null;
  offers?: Offer[];
  /** The community's own questions about a place. */
  questions?: { version: number | string; items: Question[] } | null;
  /** Wordings of them that places answered before. */
  earlier_questions?: { version: number | string; items: Question[] }[];
}>;
export type Offer = Schemas['Offer'];
export type Category = Schemas['Category'];

export type Joined = Required<Pick<Schemas['SignInAnswer'], 'participant' | 'token' | 'return_code'>>;
export type Me = Schemas['MeAnswer'];
/** Somebody of the staff. */
export type StaffPerson = Schemas['StaffAnswer'];
export type StaffSession = Schemas['StaffSessionAnswer'];
export type ApiToken = Schemas['ApiTokenAnswer'];
export type Enrolment = Schemas['EnrolmentAnswer'];

/** A reading of a person's places. */
export type Read = Schemas['ReadAnswer'];
/** A reading of anybody's places, for stewards and operators. */
export type AccessLogRow = Schemas['AccessLogRow'];
export type AccessLogPage = Schemas['AccessLogPage'];

export type Invitation = Schemas['InvitationAnswer'];
/** The code is shown once. */
export type MadeInvitation = Schemas['MadeInvitationAnswer'];

export type Withdrawal = Schemas['WithdrawalAnswer'];

export type FeelingChoice = As<Schemas['FeelingBody'], { strength: 1 | 2 | 3 }>;

/** What the owner writes about a place. What the questions do not ask is carried through an edit untouched. */
export type PlaceInput = As<Schemas['PlaceProperties'], { feelings: FeelingChoice[]; home: boolean; share: Purposes }> & {
  answers?: Readonly<Record<string, Answer>>;
  /** The photo that was not taken, in words. */
  photo_not_taken?: string | null;
};
export type PlaceProperties = As<Schemas['PlaceAnswerProperties'], Pick<PlaceInput, 'feelings' | 'home' | 'share'>> & Pick<PlaceInput, 'answers' | 'photo_not_taken'> & {
  /** How far the story has come with the stewards; told to its owner alone. */
  story_review?: Review | null;
};
export type Place = Feature<Geometry, PlaceProperties> & { id: string };

/** What became of a story that its owner shares with everyone. */
export type Review = Schemas['ReviewAnswer'];
export type StoryProperties = As<Schemas['StoryProperties'], { feelings: FeelingChoice[]; answers?: Readonly<Record<string, Answer>> }>;
/** A published story; its id tells nobody the place's own. */
export type Story = Feature<Geometry, As<StoryProperties, { published_at: string }> & StoryProperties> & { id: string };
export interface StoryPage {
  features: Story[];
  next?: string | null;
}
/** A story that waits for a steward; the id is the place's. */
export type WaitingStory = Feature<Geometry, StoryProperties & { waiting_since: string; etag: string; before?: Review | null }> & { id: string };
export type StoryDecision = Schemas['DecisionBody'];

/** What a participant says about a photo. */
export interface PhotoWords {
  caption: string;
  alt: string;
  /** The prompts of photovoice; every one may stay empty. */
  showed: { see: string; happening: string; our_lives: string; why: string; do_about: string };
  people: 'none' | 'agreed' | 'private';
  share: { research: boolean; public_story: boolean };
}
export type Photo = PhotoWords & { id: string; width: number; height: number; created_at: string };

export interface DiaryWords {
  /** Of the day it is about: 2026-11-23. */
  date: string;
  text: string;
  feelings: FeelingChoice[];
}
export type DiaryEntry = DiaryWords & { id: string; created_at: string; updated_at: string };

/** A street, a named feature, a support or a neighbourhood. */
export interface Named {
  name: string;
  kind: 'street' | 'feature' | 'support' | 'neighbourhood';
  detail?: string | null;
  coordinates: LonLat;
  distance_m?: number | null;
}

/** What somebody in a role gets to see of a place, made by what serves that role. */
export interface SeenAs {
  seen: boolean;
  why: string;
  feature: Feature | null;
  /** Given beside the feature. */
  photos?: Photo[];
  /** Of a story that waits: what everyone is given once it is approved. */
  later?: Feature | null;
}

export type Question = {
  id: string;
  kind: 'single' | 'multiple' | 'scale' | 'number' | 'text';
  text: Record<string, string>;
  options?: { id: string; text: Record<string, string> }[];
  min?: number | null;
  max?: number | null;
  show_if?: { question: string; is: string[] } | null;
  purpose: Purpose;
};
export type Answer = string | number | string[];

export type SupportProperties = Schemas['SupportProperties'];
export type SupportForm = Schemas['Form'];
export type SupportStatus = Schemas['SupportStatus'];
export type Closeness = Schemas['Closeness'];
export type Schedule = Schemas['Schedule'];
export type SupportFields = Schemas['SupportFields'];
export type SupportBody = Schemas['SupportBody'];
/** A change of a support; the fields by name, with `location` as a pair of numbers. */
export type SupportChange = As<Schemas['SupportChange'], {
  op: 'add' | 'edit' | 'merge' | 'close' | 'import';
  before?: Record<string, unknown> | null;
  after: Record<string, unknown>;
}>;
export type Facets = Schemas['Facets'];
/** What is online, on the telephone or confidential has no geometry. */
export type Support = Feature<Point | null, SupportProperties> & { id: string };
export type SupportQuery = Schemas['SearchBody'];

export type SupportPage = As<Schemas['SupportPage'], { features: Support[] }>;
export type PlacePage = As<Schemas['PlacePage'], { features: Place[] }>;

export type Neighbourhood = Feature<Polygon | MultiPolygon, Schemas['NeighbourhoodProperties']> & { id: string };
export type Neighbourhoods = As<Schemas['NeighbourhoodCollection'], { features: Neighbourhood[] }>;

export type Access = Schemas['Access'];
export type WhatIf = Schemas['WhatIf'];
/** A support that would open. */
export type Opened = As<Schemas['Opened'], { geometry: Point }>;

export type Release = Schemas['ReleaseAnswer'];
export type Heat = As<Schemas['HeatAnswer'], { bounds: Bounds | null }>;
export type Rhythm = Schemas['Rhythm'];
export type Units = 'cells' | 'neighbourhoods';
export type HotspotClass =
  | 'hot99' | 'hot95' | 'hot90' | 'none' | 'cold90' | 'cold95' | 'cold99' | 'not_enough';
/** Where a neighbourhood stands in the profile. */
export type Standing = 'above' | 'not_distinguishable' | 'below';
export type HotspotProperties = As<Schemas['HotspotProperties'], { class: HotspotClass | Standing }>;
/** The geometry is null where a neighbourhood has gone since the release; its numbers stay in the table. */
export type Hotspot = Feature<Polygon | MultiPolygon | null, HotspotProperties>;
export type Hotspots = As<Schemas['HotspotCollection'], { features: Hotspot[]; units: string }>;
/** What changed between two releases. */
export type DifferenceProperties = As<Schemas['DifferenceProperties'], { class: HotspotClass }>;
export type Difference = Feature<Polygon | MultiPolygon | null, DifferenceProperties>;
export type Differences = As<Schemas['DifferenceCollection'], { features: Difference[] }>;
/** What a closed group's planners see. */
export type Snapshot = Schemas['SnapshotAnswer'];
export type SnapshotArea = Feature<Polygon | MultiPolygon | null, Schemas['SnapshotProperties']>;
export type SnapshotNumbers = As<Schemas['SnapshotCollection'], { features: SnapshotArea[] }>;

export type Selection = Schemas['Selection'];
export type KeptQuery = Schemas['KeptQuery'];
export type ProximityQuery = Partial<Schemas['ProximityBody']> & Pick<Schemas['ProximityBody'], 'of'>;
export type Proximity = Schemas['Proximity'];
export type NearRow = Schemas['NearRow'];
