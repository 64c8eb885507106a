/** English, for the pictures that somebody is part of. */
export const en = {
  title: 'Published pictures',
  count: (entered: string, most: string) => `Your places have been part of ${entered} of at most ${most} pictures.`,
  promise: (factor: string, epsilon: string) =>
    `What ${epsilon} means: for all of them together, with you or without you, no result becomes more than about ${factor} times as likely, or as unlikely (ε = ${epsilon}).`,
  weak: 'That is a weak promise, which is why there is a limit.',
  full: 'Your places are left out of new pictures now. You do not need to do anything.',
  renewTitle: 'Be part of eight more',
  renewText: (factor: string, epsilon: string) =>
    `You can agree to eight more. Then the limit for all of them together is about ${factor} times (ε = ${epsilon}). That protects you even less. Nobody expects it of you.`,
  sure: (entered: string) => `I have been part of ${entered} pictures, I have read what that means, and I agree to eight more`,
  missing: 'Tick the box first, so that nobody agrees by mistake.',
  renew: 'Agree to eight more pictures',
  renewed: 'Noted. Your places can be part of eight more pictures.',
};

export type PicturesMessages = typeof en;
