import { describe, expect, it } from 'vitest';
import type { Community } from '../src/api/types';
import { givenAnswers } from '../src/views/share/seen/givenAnswers';

const item = (id: string, text: string, options: [string, string][] = []) => ({
  id, kind: options.length > 0 ? 'single' : 'text', text: { en: text }, purpose: 'research', options: options.map(([name, words]) => ({ id: name, text: { en: words } })),
}) as const;
const community = {
  questions: { version: '2', items: [item('roles', 'Who are you?', [['guest', 'A visitor']])] },
  earlier_questions: [{ version: '1', items: [item('roles', 'Who are you here?', [['guest', 'A guest'], ['helper', 'A helper']]), item('gone', 'What else?')] }],
} as unknown as Community;

describe('answers to a community’s own questions', () => {
  it('are said with the wording that was answered', () => {
    expect(givenAnswers(community, { roles: 'guest' }, { roles: '1' })).toEqual([{ id: 'roles', question: 'Who are you here?', said: 'A guest' }]);
    expect(givenAnswers(community, { roles: 'guest' }, { roles: '2' })).toEqual([{ id: 'roles', question: 'Who are you?', said: 'A visitor' }]);
  });

  it('keep their words when the question is gone, and are never left out', () => {
    expect(givenAnswers(community, { gone: 'Quiet', never: ['a', 'b'] })).toEqual([
      { id: 'gone', question: 'What else?', said: 'Quiet' }, { id: 'never', question: 'never', said: 'a and b' },
    ]);
  });

  it('of a server that keeps no earlier wordings are said as well as they can be', () => {
    expect(givenAnswers({ questions: null }, { roles: 'guest' })).toEqual([{ id: 'roles', question: 'roles', said: 'guest' }]);
  });
});
