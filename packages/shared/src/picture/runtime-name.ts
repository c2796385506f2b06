/** How runtimes write their own names. */
export function runtimeName(runtime: string | null): string | null {
  return runtime === 'cri-o' ? 'CRI-O' : runtime
}
