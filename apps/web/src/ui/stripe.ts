/** How many hues there are: the next container begins anew. */
const HUES = 6

/** The hue of a container by its place in the pod, for `data-stripe`; see tokens.css. Its name stands beside it always. */
export function stripeOf(index: number): number {
  return index % HUES
}
