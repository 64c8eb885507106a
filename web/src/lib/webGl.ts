let found: boolean | null = null;

/** Whether this browser can draw the map at all; tried once. */
export function hasWebGl(): boolean {
  if (found === null) {
    const context = document.createElement('canvas').getContext('webgl2');
    found = context !== null;
    // Browsers keep a few at a time: this one is given back.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return found;
}
