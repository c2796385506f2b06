/**
 * The official busybox image, pinned by the digest of its index for amd64, arm, arm64, 386, ppc64le, riscv64 and s390x.
 * Source: docker-library/repo-info, repos/busybox/remote/1.37.md, built 2026-05-22.
 */
export const DEFAULT_HELPER_IMAGE =
  'docker.io/library/busybox:1.37@sha256:9db7b59979c38555a39def84a31fb98b5296952f9e3afd4f6f11f05b07adfab0'
