import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { community } from '../app/community';
import { hasMoved } from '../app/router';

/** The h1 of a view or screen. It takes the focus when the person has moved there, so that it is read out. */
export function PageTitle({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [heading.current?.textContent, community.value?.title, 'Stead'].filter(Boolean).join(' · ');
  });
  useEffect(() => {
    if (hasMoved()) heading.current?.focus();
  }, []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
