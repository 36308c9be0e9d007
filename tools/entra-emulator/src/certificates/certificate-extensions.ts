import { createHash, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  contextPrimitive,
  objectIdentifier,
  octetString,
  positiveInteger,
  sequence,
  trueValue,
} from './der.ts';

/** The extensions of a certificate authority that signs leaves and nothing else (RFC 5280, 4.2.1.9 and 4.2.1.3). */
export function authorityExtensions(publicKey: KeyObject): Buffer[] {
  return [
    // cA TRUE, pathLenConstraint 0: it may sign no further authority.
    extension('2.5.29.19', sequence(trueValue(), positiveInteger(Buffer.from([0]))), 'critical'),
    // keyCertSign (bit 5) and cRLSign (bit 6).
    extension('2.5.29.15', bitString(Buffer.from([0b0000_0110]), 1), 'critical'),
    subjectKeyIdentifier(publicKey),
  ];
}

/** The extensions of a TLS server's certificate. `hosts`: DNS names and IP addresses. */
export function serverExtensions(publicKey: KeyObject, issuerKey: KeyObject, hosts: readonly string[]): Buffer[] {
  return [
    extension('2.5.29.19', sequence(), 'critical'),
    // digitalSignature (bit 0).
    extension('2.5.29.15', bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
    // serverAuth.
    extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(...hosts.map(generalName))),
    subjectKeyIdentifier(publicKey),
    extension('2.5.29.35', sequence(contextPrimitive(0, keyIdentifier(issuerKey)))),
  ];
}

function extension(oid: string, value: Uint8Array, critical?: 'critical'): Buffer {
  return sequence(objectIdentifier(oid), ...(critical ? [trueValue()] : []), octetString(value));
}

function subjectKeyIdentifier(publicKey: KeyObject): Buffer {
  return extension('2.5.29.14', octetString(keyIdentifier(publicKey)));
}

/** RFC 7093, 2, method 4: a hash of the SubjectPublicKeyInfo. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest().subarray(0, 20);
}

/** RFC 5280, 4.2.1.6: dNSName is [2], iPAddress is [7] with the address in network byte order. */
function generalName(host: string): Buffer {
  return isIP(host) === 0 ? contextPrimitive(2, Buffer.from(host, 'ascii')) : contextPrimitive(7, addressOctets(host));
}

function addressOctets(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // "::" stands for as many zero groups as are missing (RFC 4291, 2.2).
  const [head = [], tail = []] = address.split('::').map((side) => side.split(':').filter((group) => group !== ''));
  const known = head.length + tail.length;
  const groups = [...head, ...Array<string>(8 - known).fill('0'), ...tail];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
