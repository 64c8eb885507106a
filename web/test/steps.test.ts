import { describe, expect, it } from 'vitest';
import type { Question } from '../src/api/types';
import { stepAfter, stepBefore, stepCalled, stepOfField, stepsFor, type Step } from '../src/views/share/add/steps';

const question = (id: string): Question => ({ id, kind: 'text', text: {}, purpose: 'research' });
const two = stepsFor({ questions: [question('say'), question('how')], photos: true });
const none = stepsFor({ questions: [], photos: false });

describe('the questions, one a screen', () => {
  it('come one after the other, those of the community after the usual ones', () => {
    expect(two).toEqual([
      'where', 'kind', 'feelings', 'meaning', 'activities', 'company', 'received', 'given', 'barriers', 'often', 'parts', 'since', 'name', 'story', 'untaken',
      'question-1', 'question-2', 'home', 'precision', 'share', 'check',
    ]);
    expect(none.filter((step) => step === 'untaken' || step.startsWith('question'))).toEqual([]);
  });

  it('are walked forward and back again, each once', () => {
    const way = { steps: two, checked: false, fresh: [] };
    const forward: Step[] = ['where'];
    while (forward.at(-1) !== 'check') forward.push(stepAfter(forward.at(-1) ?? 'check', way));
    expect(forward).toEqual(two);
    const back: (Step | null)[] = ['check'];
    for (let step = back[0] ?? null; step !== null; step = back.at(-1) ?? null) back.push(stepBefore(step, way, null));
    expect(back.slice(0, -1).reverse()).toEqual(two);
  });

  it('lead back to the answers once they were seen, whichever way', () => {
    for (const step of two.slice(0, -1)) {
      const way = { steps: two, checked: true, fresh: [] };
      expect([stepAfter(step, way), stepBefore(step, way, null)]).toEqual(['check', 'check']);
    }
  });

  it('ask first what a changed answer newly asks, and from there go back to the question that asked for it', () => {
    const steps = stepsFor({ questions: [question('say'), question('how'), question('more')], photos: false });
    const way = { steps, checked: true, fresh: ['question-2', 'question-3'] as const };
    expect(stepAfter('question-1', way)).toBe('question-2');
    expect(stepAfter('question-2', way)).toBe('question-3');
    expect(stepAfter('question-3', way)).toBe('check');
    expect(stepBefore('question-3', way, 'question-1')).toBe('question-2');
    expect(stepBefore('question-2', way, 'question-1')).toBe('question-1');
    expect(stepBefore('question-1', way, null)).toBe('check');
  });
});

describe('the address of a question', () => {
  it('that several questions shared before leads to the first of them', () => {
    expect(['support', 'rhythm', 'story', 'questions', 'precision'].map((name) => stepCalled(name, two))).toEqual(['received', 'often', 'story', 'question-1', 'precision']);
  });

  it('that is not asked here or no longer leads to what comes in its place', () => {
    expect(stepCalled('question-9', two)).toBe('question-2');
    expect(stepCalled('questions', none)).toBe('home');
    expect(stepCalled('untaken', none)).toBe('home');
    expect([undefined, 'weather', 'question-x'].map((name) => stepCalled(name, two))).toEqual(['where', 'where', 'where']);
  });
});

describe('an error from the server', () => {
  it('is about one of the questions', () => {
    expect(['geometry.coordinates', 'properties.feelings[0].strength', 'properties.share.research', 'properties.being', 'properties.story', 'properties.name', 'cursor', null].map((field) => stepOfField(field)))
      .toEqual(['where', 'feelings', 'share', 'kind', 'story', 'name', null, null]);
    expect(['properties.support.given[1]', 'properties.support', 'properties.rhythm.parts', 'properties.rhythm.often', 'properties.since', 'properties.photo_not_taken', 'properties.home'].map((field) => stepOfField(field)))
      .toEqual(['given', 'received', 'parts', 'often', 'since', 'untaken', 'home']);
    const asked = [question('say'), question('how')];
    expect(['properties.answers.how', 'properties.answers.gone', 'properties.answers'].map((field) => stepOfField(field, asked))).toEqual(['question-2', null, null]);
  });
});
