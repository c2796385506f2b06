/** What a moment of a recording does not have. The page makes these itself. */
export const frameSentences = {
  'frame.single-pods': 'The recording has single pods of the node {node}, not the whole node.',
  'frame.single-pods-next': 'Open its pods one by one, or record the node again.',
  'frame.no-evidence': 'The recording does not have what is inside the namespaces of {pod}.',
  'frame.no-evidence-next': 'Save a recording of it with this Pausescope, after its evidence was shown.',
} as const
