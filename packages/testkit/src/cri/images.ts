import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type TarEntry, tar } from './tar.ts'

/** The sandbox's image: catatonit, which waits for ever and reaps orphans, as Kubernetes' pause does. */
export const PAUSE_IMAGE = 'pausescope.test/pause:1'
/** The containers' image: busybox and all its applets. */
export const BUSYBOX_IMAGE = 'pausescope.test/busybox:1'

/** Both programs are static, so each image is one layer of few files. */
export function imageArchive(programs: { busybox: string; catatonit: string }): Buffer {
  const applets = execFileSync(programs.busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n')
  const busybox: TarEntry[] = [
    ...['bin', 'etc', 'proc', 'sys', 'dev', 'root', 'var', 'www'].map((path) => ({ path, kind: 'folder' as const })),
    { path: 'tmp', kind: 'folder', mode: 0o1777 },
    { path: 'etc/passwd', kind: 'file', body: Buffer.from('root:x:0:0:root:/root:/bin/sh\n'), mode: 0o644 },
    { path: 'www/index.html', kind: 'file', body: Buffer.from('answered by the httpd\n'), mode: 0o644 },
    { path: 'bin/busybox', kind: 'file', body: readFileSync(programs.busybox) },
    ...applets
      .filter((applet) => applet !== 'busybox')
      .map((applet) => ({ path: `bin/${applet}`, kind: 'link' as const, target: 'busybox' })),
  ]
  const pause: TarEntry[] = [{ path: 'pause', kind: 'file', body: readFileSync(programs.catatonit) }]
  return ociArchive([
    { name: BUSYBOX_IMAGE, entries: busybox, entrypoint: ['/bin/sh'] },
    { name: PAUSE_IMAGE, entries: pause, entrypoint: ['/pause', '-P'] },
  ])
}

type Image = { name: string; entries: readonly TarEntry[]; entrypoint: readonly string[] }
type Descriptor = { mediaType: string; digest: string; size: number }

const OCI = 'application/vnd.oci.image'
const ARCHITECTURE: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }

/** An OCI image layout as one archive (opencontainers/image-spec, image-layout.md). */
function ociArchive(images: readonly Image[]): Buffer {
  const blobs = new Map<string, Buffer>()
  const keep = (mediaType: string, body: Buffer): Descriptor => {
    const hex = createHash('sha256').update(body).digest('hex')
    blobs.set(hex, body)
    return { mediaType, digest: `sha256:${hex}`, size: body.length }
  }
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  const manifests = images.map((image) => {
    const layer = keep(`${OCI}.layer.v1.tar`, tar(image.entries))
    const config = keep(
      `${OCI}.config.v1+json`,
      json({
        architecture: ARCHITECTURE[process.arch] ?? process.arch,
        os: 'linux',
        config: { Entrypoint: image.entrypoint, Env: ['PATH=/bin'] },
        rootfs: { type: 'layers', diff_ids: [layer.digest] },
      }),
    )
    const manifest = { schemaVersion: 2, mediaType: `${OCI}.manifest.v1+json`, config, layers: [layer] }
    return { ...keep(manifest.mediaType, json(manifest)), annotations: { 'io.containerd.image.name': image.name } }
  })
  const file = (path: string, body: Buffer): TarEntry => ({ path, kind: 'file', body, mode: 0o644 })
  return tar([
    file('oci-layout', json({ imageLayoutVersion: '1.0.0' })),
    file('index.json', json({ schemaVersion: 2, manifests })),
    ...[...blobs].map(([hex, body]) => file(`blobs/sha256/${hex}`, body)),
  ])
}
