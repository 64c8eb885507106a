import { useEffect, useState } from 'preact/hooks';
import type { Waiting } from '../../../offline/items';
import { bytesFor } from '../../../offline/outbox';

/** A picture that is on this phone alone so far. */
export function UnsentPicture({ item, alt }: { item: Waiting; alt: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let current = true;
    bytesFor(item).then((bytes) => {
      if (!current || !bytes) return;
      made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
      setAddress(made);
    }, () => undefined);
    return () => {
      current = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [item.id]);
  return address ? <img src={address} alt={alt} /> : null;
}
