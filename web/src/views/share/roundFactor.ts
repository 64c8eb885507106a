/** How many times as likely e to the ε is, upwards to two figures that people can remember: 6.83 is 930. */
export function roundFactor(epsilon: number): number {
  const exact = Math.exp(epsilon);
  const step = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return Number((Math.ceil(exact / step) * step).toPrecision(2));
}
