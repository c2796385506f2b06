/** Which room may import which, as ARCHITECTURE.md says. `node --run check:deps` proves it. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const TESTS = '(\\.test\\.tsx?$|/test/|/bench/|/fuzz/)'

/** Only the room `home` may import the package `name`. */
const onlyIn = (home, name) =>
  rule(
    `only-${home}-imports-${name.replace(/\W+/g, '-')}`,
    { path: '^apps/server/src/', pathNot: `(^apps/server/src/${home}/|${TESTS})` },
    { path: `node_modules/${name}/` },
  )

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-circular', {}, { circular: true }, 'Files that need each other are one idea, or lack a third file.'),
    rule('no-unresolvable', {}, { couldNotResolve: true }),
    rule(
      'shared-is-pure',
      { path: '^packages/shared/src/', pathNot: TESTS },
      { pathNot: '^packages/shared/src/|node_modules/zod/' },
      'No Node, no DOM, no clock, no randomness.',
    ),
    rule(
      'testkit-is-for-tests',
      { path: '^(apps|packages/shared)/', pathNot: `(${TESTS}|^apps/server/src/recordings/make-recordings\\.ts$)` },
      { path: '^packages/testkit/' },
    ),
    rule('testkit-knows-no-app', { path: '^packages/testkit/' }, { path: '^apps/' }),
    rule('e2e-knows-no-app', { path: '^e2e/' }, { path: '^apps/' }, 'It drives what was built.'),
    rule('server-knows-no-page', { path: '^apps/server/' }, { path: '^apps/web/' }),
    rule('page-knows-no-server', { path: '^apps/web/' }, { path: '^(apps/server|packages/testkit)/' }),
    onlyIn('http', 'express'),
    onlyIn('http', 'helmet'),
    onlyIn('http', 'prom-client'),
    onlyIn('kube', '@kubernetes/client-node'),
    onlyIn('exec', 'ws'),
    rule(
      'lower-rooms-do-not-look-up',
      { path: '^apps/server/src/(kube|helper|exec|probe|recordings)/', pathNot: TESTS },
      { path: '^apps/server/src/(main\\.ts|cli/|http/|observe/)' },
    ),
    rule(
      'observe-does-not-look-up',
      { path: '^apps/server/src/observe/' },
      { path: '^apps/server/src/(main\\.ts|cli/|http/)' },
    ),
    rule(
      'http-sees-observe-only',
      { path: '^apps/server/src/http/', pathNot: TESTS },
      { path: '^apps/server/src/', pathNot: '^apps/server/src/(http|observe|recordings)/' },
    ),
    rule(
      'page-rooms-do-not-look-up',
      { path: '^apps/web/src/(api|url|graph|ui|i18n)/' },
      { path: '^apps/web/src/(app|features)/' },
    ),
    rule(
      'features-do-not-meet',
      { path: '^apps/web/src/features/([^/]+)/' },
      { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    ),
    rule('features-do-not-look-up', { path: '^apps/web/src/features/' }, { path: '^apps/web/src/app/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist(-static)?/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
    },
  },
}
