import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { community } from '../app/community';
import { hasMoved } from '../app/router';

interface PageTitleProps {
  children: ComponentChildren;
  /** What the browser calls the page, and keeps in its history, where the heading has a person's own words. */
  tab?: string;
}

/** The h1 of a view or screen. It takes the focus when the person has moved there, so that it is read out. */
export function PageTitle({ children, tab }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [tab ?? heading.current?.textContent, community.value?.title, 'Stead'].filter(Boolean).join(' · ');
  });
  useLayoutEffect(() => {
    // Before the screen is painted: a slow device must not take the focus from somebody who has gone on already.
    if (hasMoved()) heading.current?.focus();
  }, []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
