import type { ApiToken } from '../../api/types';
import { formats } from '../../i18n';
import { staffMessages } from '../../i18n/staff';

export function TokenList({ tokens, revoke }: { tokens: readonly ApiToken[]; revoke: (id: string) => void }) {
  const words = staffMessages.value;
  const { date } = formats.value;
  const use = (token: ApiToken) => (token.last_used ? words.tokenUsed(date(token.last_used)) : words.tokenUnused);
  return (
    <section class="stack-small no-print">
      <h2>{words.tokens}</h2>
      <p>{words.tokensLead}</p>
      {tokens.length === 0 && <p>{words.noTokens}</p>}
      <ul class="plain-list stack-small">
        {tokens.map((token) => (
          <li key={token.id} class="card">
            <p><strong>{token.scopes.join(', ')}</strong></p>
            <p class="small muted">{token.ended ? words.tokenEnded : words.tokenUntil(date(token.expires_at))} · {use(token)}</p>
            <button type="button" class="button" aria-label={words.revokeOf(token.scopes.join(', '))} onClick={() => revoke(token.id)}>{words.revoke}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
