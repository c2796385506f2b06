import { generateKeyPairSync, sign } from 'node:crypto'

export type Certificate = { key: string; cert: string }

const OID = {
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const OCTETS = 0x04

/** A key and a self-signed certificate (X.509 v3) for 127.0.0.1 and localhost, as PEM: it is its own authority. */
export function selfSigned(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(SEQUENCE, oid('ecdsaWithSha256'))
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('commonName'), der(0x0c, Buffer.from('testkit')))))
  const utc = (time: string) => der(0x17, Buffer.from(time))
  const names = der(SEQUENCE, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)))
  const authority = der(SEQUENCE, der(0x01, Buffer.of(0xff)))
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, oid('subjectAltName'), der(OCTETS, names)),
    der(SEQUENCE, oid('basicConstraints'), der(OCTETS, authority)),
  )
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(1)),
    algorithm,
    name,
    der(SEQUENCE, utc('200101000000Z'), utc('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: pem(der(SEQUENCE, content, algorithm, signature)),
  }
}

/** One value in DER: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

function oid(name: keyof typeof OID): Buffer {
  return der(0x06, Buffer.from(OID[name]))
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
