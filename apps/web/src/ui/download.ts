/** Has the browser save something as a file. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click; browsers keep the data until it is written.
  setTimeout(() => URL.revokeObjectURL(url))
}
