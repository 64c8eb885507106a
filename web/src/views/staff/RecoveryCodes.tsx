import { staffMessages } from '../../i18n/staff';

export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const words = staffMessages.value;
  return (
    <section class="stack-small">
      <h2>{words.codesTitle}</h2>
      <p>{words.codesLead}</p>
      <ul class="recovery-codes figures">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <button type="button" class="button no-print" onClick={() => print()}>{words.print}</button>
    </section>
  );
}
