import { describe, expect, it } from '@jest/globals';

import { javaMajorVersion } from '../../src/kafka/find-java.ts';

describe('javaMajorVersion', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "21" 2023-09-19 LTS', 21],
    ['openjdk version "26-ea" 2026-03-17', 26],
    ['java version "1.8.0_292"', 8],
    ['NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx1g\nopenjdk version "17.0.1"', 17],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
  ])('reads %j', (output, version) => {
    expect(javaMajorVersion(output)).toBe(version);
  });
});
