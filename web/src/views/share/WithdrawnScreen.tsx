import { here } from '../../app/router';
import { CopyOrPrint } from '../../components/CopyOrPrint';
import { PageTitle } from '../../components/PageTitle';
import { formats, messages } from '../../i18n';
import { WelcomeScreen } from './WelcomeScreen';
import { withdrawal } from './withdrawal';

export function WithdrawnScreen() {
  const words = messages.value;
  const receipt = withdrawal.value;
  if (!receipt) return <WelcomeScreen />;
  const { number, date } = formats.value;
  return (
    <section class="narrow">
      <PageTitle>{words.choices.withdrawnTitle}</PageTitle>
      <p class="lead">{words.choices.withdrawn(receipt.places_removed, number(receipt.places_removed))}</p>
      <p>{words.choices.backups(date(receipt.backups_gone_by))}</p>
      {receipt.receipt && (
        <>
          <h2>{words.choices.receipt}</h2>
          <p class="receipt figures">{receipt.receipt}</p>
          <CopyOrPrint text={receipt.receipt} />
          <p class="muted">{words.choices.receiptWhy}</p>
        </>
      )}
      <a class="button no-print" href={here('find')}>{words.header.find}</a>
    </section>
  );
}
