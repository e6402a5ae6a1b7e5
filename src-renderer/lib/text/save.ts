/** Files to and from the person: handed over, who says where they go, and read. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** the bytes of a file as a line of text */
export async function base64Of(file: Blob): Promise<string> {
  const reader = new FileReader()
  await new Promise((resolve, reject) => {
    reader.onload = resolve
    reader.onerror = () => reject(new Error(`the file cannot be read (${reader.error?.message ?? 'unknown'})`))
    reader.readAsDataURL(file)
  })
  const url = String(reader.result)
  return url.slice(url.indexOf(',') + 1)
}

export function saveText(name: string, text: string, type = 'text/csv'): void {
  saveFile(name, new Blob([text], { type }))
}
