/** Where what is shown comes from. */
export const sourceSentences = {
  'source.live': 'Live from the cluster of context "{context}" at {server}.',
  'source.pods-unread': 'Pods that could not be read and are left out: {count}.',
  'source.recording': 'Showing the recording {file}; no cluster is asked.',
  'source.no-cluster': 'Showing recordings, for there is no cluster: {cause}',
  'source.static': 'Showing recordings: this page has no server and no cluster.',
  /** What others say, as they say it. */
  quoted: '{text}',
  /** Two sentences, one after the other. */
  both: '{first} {second}',
} as const
